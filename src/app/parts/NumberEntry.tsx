/** A number that is typed: with comma or point, stepped by arrows. What is not taken is said, and changes nothing. */

import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { isComposing } from './keys.ts';
import { afterArrow } from './number-steps.ts';
import { isIncomplete, type NumberRange, readNumber } from './parse-number.ts';
import './NumberEntry.css';

export interface NumberEntryProps extends NumberRange {
  /** What sentences call it. */
  readonly name: string;
  /** Accessible name, where that is another. */
  readonly label?: string;
  readonly value: number;
  readonly step: number;
  /** A change starts training again: it waits for Enter or for the field to be left, arrows included. */
  readonly restarts?: boolean;
  readonly onChange: (value: number) => void;
}

/** What is being typed belongs to what the field showed then, even if another panel has been selected meanwhile. */
interface Draft {
  readonly text: string;
  readonly entry: NumberEntryProps;
}

interface Refusal {
  readonly sentence: string;
  /** The reader was done, by Enter or by leaving: it is announced. */
  readonly isFinal: boolean;
}

/** After the field was left, the sentence stays so long. */
const SAID_MS = 8000;

/**
 * Takes a number when it is complete: on Enter or when the field is left. What is none, or is out of range, stays in
 * the field with a sentence until it is left, or brought back by Escape; the number from before holds all the while.
 */
export function NumberEntry(props: NumberEntryProps) {
  const [draft, setDraft] = useState<Draft>();
  const [refusal, setRefusal] = useState<Refusal>();
  const id = useId();
  const isLeft = draft === undefined;
  useEffect(() => {
    if (refusal === undefined || !isLeft) return;
    const timer = setTimeout(() => setRefusal(undefined), SAID_MS);
    return () => clearTimeout(timer);
  }, [refusal, isLeft]);

  const take = (text: string) => {
    const entry = draft?.entry ?? props;
    const typed = readNumber(text, entry.name, entry);
    setDraft({ text, entry });
    setRefusal('value' in typed || isIncomplete(text) ? undefined : refusalOf(typed.problem, entry, false));
  };
  const letGo = () => {
    setDraft(undefined);
    setRefusal(undefined);
  };
  /** Undefined where what was typed is not taken. */
  const commit = (): void => {
    if (draft === undefined) return;
    const { text, entry } = draft;
    const typed = readNumber(text, entry.name, entry);
    if ('problem' in typed) {
      setRefusal(refusalOf(typed.problem, entry, true));
      return;
    }
    letGo();
    if (typed.value !== entry.value) entry.onChange(typed.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape' && draft !== undefined) {
      // What is lit stays lit: this Escape is the field's.
      event.preventDefault();
      letGo();
    }
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    const entry = draft?.entry ?? props;
    const typed = readNumber(draft?.text ?? '', entry.name, entry);
    const value = 'value' in typed ? typed.value : entry.value;
    const next = afterArrow(event, { ...entry, value });
    if (next === undefined) return;
    event.preventDefault();
    if (entry.restarts) return take(String(next));
    letGo();
    if (next !== entry.value) entry.onChange(next);
  };

  const { label, name, value, range, isWhole = false } = props;
  return (
    <span className="number-entry">
      <input
        type="text"
        inputMode={range[0] < 0 ? 'text' : isWhole ? 'numeric' : 'decimal'}
        enterKeyHint="done"
        autoComplete="off"
        spellCheck={false}
        aria-label={label ?? name}
        aria-invalid={refusal !== undefined && draft !== undefined}
        aria-describedby={refusal === undefined ? undefined : id}
        value={draft?.text ?? String(value)}
        onChange={({ target }) => take(target.value)}
        onBlur={() => {
          commit();
          setDraft(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      {refusal !== undefined && (
        // Made anew when it is final, so that it is announced then.
        <span
          key={String(refusal.isFinal)}
          id={id}
          ref={intoView}
          className="refusal"
          role={refusal.isFinal ? 'alert' : undefined}
        >
          {refusal.sentence}
        </span>
      )}
    </span>
  );
}

/** As a ref: once, when the element is there. */
function intoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

function refusalOf(problem: string, { value }: NumberEntryProps, isFinal: boolean): Refusal {
  return { sentence: `${problem} It stays ${value}.`, isFinal };
}
