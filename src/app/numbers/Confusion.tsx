/** The confusion matrix: press a cell and its samples stand out in the plots. */

import { type KeyboardEvent, useState } from 'react';
import type { Evaluation } from '../../measures/evaluation.ts';
import { MANY } from '../../plots/palette.ts';
import { ClassPicture } from '../parts/ClassPicture.tsx';
import { Hint } from '../parts/Hint.tsx';
import { isPlain } from '../parts/keys.ts';
import { useCommands, useDataSetShown, usePageState } from '../state/context.ts';
import { NOT_YET, NotYet } from './NotYet.tsx';
import './Confusion.css';

const HELP = 'Of the selected run. Press a cell and its samples stand out in all plots.';

export interface ConfusionProps {
  readonly title: string;
  readonly evaluation: Evaluation | undefined;
}

export function Confusion(props: ConfusionProps) {
  const { classNames } = useDataSetShown();
  return classNames.length > MANY ? <MostConfused {...props} /> : <Matrix {...props} />;
}

const MOST_LISTED = 24;

/** Of many classes a matrix is nearly empty: what is confused most often, one after the other. */
function MostConfused({ title, evaluation }: ConfusionProps) {
  const commands = useCommands();
  const chosen = usePageState((state) => state.confused);
  const { classNames } = useDataSetShown();
  const classes = classNames.length;
  const counts = evaluation?.confusion;
  const cells = Array.from(counts ?? [], (count, cell) => ({
    count,
    label: Math.floor(cell / classes),
    predicted: cell % classes,
  }));
  const wrong = cells
    .filter(({ count, label, predicted }) => count > 0 && label !== predicted)
    .sort((a, b) => b.count - a.count);
  return (
    <figure>
      <Hint text={HELP}>
        <figcaption>Taken for another most often</figcaption>
      </Hint>
      <ul className="most-confused" aria-label={`Confusions of ${title}`}>
        {wrong.slice(0, MOST_LISTED).map(({ count, label, predicted }) => {
          const isChosen = chosen?.label === label && chosen.predicted === predicted;
          return (
            <li key={`${label} ${predicted}`}>
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() =>
                  commands.show({
                    confused: isChosen ? undefined : { label, predicted },
                    selected: undefined,
                  })
                }
              >
                {`${classNames[label]} for ${classNames[predicted]}: ${count}`}
              </button>
            </li>
          );
        })}
      </ul>
      <p className="confusion-note">{noteOf(counts, wrong.length)}</p>
    </figure>
  );
}

function noteOf(counts: Uint32Array | undefined, kinds: number): string {
  if (counts === undefined) return NOT_YET;
  if (kinds === 0) return 'No sample is taken for another class.';
  const listed = Math.min(kinds, MOST_LISTED);
  return `${listed} of ${kinds} kinds of confusion. Press one: its samples stand out in all plots.`;
}

function Matrix({ title, evaluation }: ConfusionProps) {
  const commands = useCommands();
  const chosen = usePageState((state) => state.confused);
  const { classNames, word } = useDataSetShown();
  const classes = classNames.length;
  // One stop for the Tab key; arrows move inside.
  const [focused, setFocused] = useState(0);
  const counts = evaluation?.confusion;
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -classes, ArrowDown: classes }[event.key];
    const next = move === undefined ? -1 : focused + move;
    if (next < 0 || next >= classes * classes || !isPlain(event.nativeEvent)) return;
    event.preventDefault();
    event.stopPropagation();
    setFocused(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-cell="${next}"]`)?.focus();
  };
  return (
    <figure>
      <Hint text={HELP}>
        <figcaption>{`Confusions: true ${word.one} down, predicted across`}</figcaption>
      </Hint>
      <div className="not-yet-frame">
        {counts === undefined && <NotYet />}
        <table
          className={classNames.some((name) => name.length > 2) ? 'confusion has-long-names' : 'confusion'}
          translate="no"
          aria-label={`Confusion matrix of ${title}`}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              <td />
              {classNames.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classNames.map((name, label) => {
              const row = counts?.subarray(classes * label, classes * (label + 1));
              const total = row?.reduce((sum, count) => sum + count, 0) ?? 0;
              return (
                <tr key={name}>
                  <th scope="row">
                    <ClassPicture label={label} />
                    <span>{name}</span>
                  </th>
                  {classNames.map((other, predicted) => {
                    const cell = classes * label + predicted;
                    const count = counts?.[cell];
                    const isChosen = chosen?.label === label && chosen.predicted === predicted;
                    return (
                      <td key={other}>
                        <button
                          type="button"
                          data-cell={cell}
                          tabIndex={cell === focused ? 0 : -1}
                          aria-pressed={isChosen}
                          aria-label={`${name} taken for ${other}: ${count ?? NOT_YET}`}
                          className={label === predicted ? 'is-right' : 'is-wrong'}
                          style={{ '--share': total > 0 ? (count ?? 0) / total : 0 } as React.CSSProperties}
                          onClick={() => {
                            setFocused(cell);
                            commands.show({
                              confused: isChosen ? undefined : { label, predicted },
                              selected: undefined,
                            });
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
      </div>
      <p className="confusion-note">
        {chosen !== undefined
          ? 'Its samples stand out in all plots. Press it again, or Escape, to let go.'
          : 'Press a cell: its samples stand out in all plots.'}
      </p>
    </figure>
  );
}
