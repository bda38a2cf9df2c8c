/** A slider with typed entry beside it. Both hold the same number; out of range is not taken. */

import { useState } from 'react';
import { Hint } from './Hint.tsx';
import './Slider.css';

export interface SliderProps {
  /** Accessible name of the slider. */
  readonly name: string;
  readonly value: number;
  readonly range: readonly [min: number, max: number];
  readonly step: number;
  readonly help: string;
  /** Equal steps multiply instead of adding. */
  readonly isLogarithmic?: boolean;
  /** Only whole numbers; what is typed is rounded. */
  readonly isWhole?: boolean;
  readonly onChange: (value: number) => void;
  readonly onFocusChange?: (hasFocus: boolean) => void;
}

export function Slider(props: SliderProps) {
  const { name, value, range, step, help, isLogarithmic = false, isWhole = false, onFocusChange } = props;
  const onChange = isWhole ? (chosen: number) => props.onChange(Math.round(chosen)) : props.onChange;
  const [min, max] = range;
  const toTrack = isLogarithmic ? Math.log10 : (x: number) => x;
  const fromTrack = isLogarithmic ? (x: number) => Number((10 ** x).toPrecision(2)) : (x: number) => x;
  return (
    <div className="slider">
      <Hint text={help}>
        <input
          type="range"
          aria-label={name}
          aria-valuetext={String(value)}
          min={toTrack(min)}
          max={toTrack(max)}
          step={isLogarithmic ? 0.01 : step}
          value={toTrack(value)}
          onChange={(event) => onChange(within(fromTrack(event.target.valueAsNumber), range))}
          onFocus={() => onFocusChange?.(true)}
          onBlur={() => onFocusChange?.(false)}
        />
      </Hint>
      <span className="slider-name" aria-hidden="true">
        {name}
      </span>
      <NumberEntry name={`${name}, typed`} value={value} range={range} step={step} onChange={onChange} />
    </div>
  );
}

export interface NumberEntryProps {
  readonly name: string;
  readonly value: number;
  readonly range: readonly [min: number, max: number];
  readonly step: number;
  readonly onChange: (value: number) => void;
}

/**
 * Takes a number when it is complete: on Enter or when the field is left. Anything else goes back to what was.
 * What was typed belongs to what the field showed then, even if another panel has been selected meanwhile.
 */
export function NumberEntry({ name, value, range, step, onChange }: NumberEntryProps) {
  const [draft, setDraft] = useState<{ text: string; value: number; onChange: (value: number) => void }>();
  const commit = () => {
    if (draft === undefined) return;
    const typed = Number(draft.text);
    const isGood = draft.text.trim() !== '' && typed >= range[0] && typed <= range[1];
    if (isGood && typed !== draft.value) draft.onChange(typed);
    setDraft(undefined);
  };
  return (
    <input
      type="number"
      aria-label={name}
      min={range[0]}
      max={range[1]}
      step={step < 1 ? 'any' : step}
      value={draft?.text ?? String(value)}
      onChange={({ target }) => setDraft({ ...(draft ?? { value, onChange }), text: target.value })}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}

function within(value: number, [min, max]: readonly [number, number]): number {
  return Math.min(max, Math.max(min, value));
}
