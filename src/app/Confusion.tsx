/** The confusion matrix: press a cell and its samples stand out in the plots. */

import { type KeyboardEvent, useState } from 'react';
import type { Evaluation } from '../measures/evaluation.ts';
import { useLab, useLabState } from './context.ts';
import { Hint } from './Hint.tsx';
import { HELP } from './help.ts';

const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

export interface ConfusionProps {
  readonly title: string;
  readonly evaluation: Evaluation | undefined;
}

export function Confusion({ title, evaluation }: ConfusionProps) {
  const lab = useLab();
  const chosen = useLabState((state) => state.confused);
  // One stop for the Tab key; arrows move inside.
  const [focused, setFocused] = useState(0);
  const counts = evaluation?.confusion;
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -10, ArrowDown: 10 }[event.key];
    const next = move === undefined ? -1 : focused + move;
    if (next < 0 || next > 99) return;
    event.preventDefault();
    event.stopPropagation();
    setFocused(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next}"]`)?.focus();
  };
  return (
    <figure>
      <Hint text={HELP.confusion}>
        <figcaption>Confusions: true digit down, predicted across</figcaption>
      </Hint>
      <table className="confusion" aria-label={`Confusion matrix of ${title}`} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <td />
            {DIGITS.map((digit) => (
              <th key={digit} scope="col">
                {digit}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {DIGITS.map((label) => {
            const total = DIGITS.reduce((sum, predicted) => sum + (counts?.[10 * label + predicted] ?? 0), 0);
            return (
              <tr key={label}>
                <th scope="row">{label}</th>
                {DIGITS.map((predicted) => {
                  const cell = 10 * label + predicted;
                  const count = counts?.[cell] ?? 0;
                  const isChosen = chosen?.label === label && chosen.predicted === predicted;
                  return (
                    <td key={predicted}>
                      <button
                        type="button"
                        data-cell={cell}
                        tabIndex={cell === focused ? 0 : -1}
                        aria-pressed={isChosen}
                        aria-label={`${label} taken for ${predicted}: ${count}`}
                        className={label === predicted ? 'is-right' : 'is-wrong'}
                        style={{ '--share': total > 0 ? count / total : 0 } as React.CSSProperties}
                        onClick={() => {
                          setFocused(cell);
                          lab.show({ confused: isChosen ? undefined : { label, predicted } });
                        }}
                      >
                        {count === 0 ? '' : count}
                      </button>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </figure>
  );
}
