/** Pairs that the threshold of the verification decides wrongly, as images side by side; the worst first. */

import { useEffect } from 'react';
import { worstPairs } from '../numbers/wrong-pairs.ts';
import { Digit } from '../parts/Digit.tsx';
import { Hint } from '../parts/Hint.tsx';
import { numberText } from '../parts/Reading.tsx';
import { useRoving } from '../parts/roving.ts';
import { useCalm } from '../state/calm.ts';
import { useCommands, useDataSetShown, usePageState } from '../state/context.ts';
import { samplesShown } from '../state/selectors.ts';
import { imagesShown } from '../state/slices/images.ts';
import { Close } from './Close.tsx';

/** Of each kind. */
const MOST = 24;

const HELP = {
  refused: 'Two samples of one class that are farther apart than the threshold.',
  accepted: 'Two samples of two classes that are nearer than the threshold.',
};

export function WrongPairs() {
  const commands = useCommands();
  const title = usePageState(({ experiment, selectedRun }) => experiment.runs[selectedRun]?.title ?? '');
  const images = usePageState(imagesShown);
  const pairs = useCalm(() => worstPairs(commands.store.getState(), MOST));
  useEffect(() => {
    if (images === undefined) commands.wantImages();
  }, [commands, images]);
  return (
    <>
      <div className="gallery-head">
        <h2>{`Wrongly decided pairs of ${title}`}</h2>
        <Close />
      </div>
      <Kind name="Same class, refused" help={HELP.refused} pairs={pairs.refused} />
      <Kind name="Two classes, accepted" help={HELP.accepted} pairs={pairs.accepted} />
    </>
  );
}

interface KindProps {
  readonly name: string;
  readonly help: string;
  readonly pairs: ReturnType<typeof worstPairs>['refused'];
}

function Kind({ name, help, pairs }: KindProps) {
  const commands = useCommands();
  const roving = useRoving<HTMLUListElement>();
  const { classNames } = useDataSetShown();
  const samples = usePageState(samplesShown);
  const images = usePageState(imagesShown);
  if (samples === undefined) return null;
  const nameOf = (row: number) => classNames[samples.labels[row] ?? -1];
  return (
    <>
      <Hint text={help}>
        <h3>{pairs.length === 0 ? `${name}: none` : name}</h3>
      </Hint>
      {images !== undefined && (
        <ul className="gallery-pairs" {...roving}>
          {pairs.map(({ first, second, distance }) => (
            <li key={`${first} ${second}`}>
              <button
                type="button"
                aria-label={`Pin a ${nameOf(first)} and a ${nameOf(second)}, ${numberText(distance, 3)} apart`}
                onClick={() =>
                  commands.show({ pins: [first, second].flatMap((row) => samples.indices[row] ?? []) })
                }
              >
                <Digit images={images} row={first} />
                <Digit images={images} row={second} />
                <span aria-hidden="true">{numberText(distance, 3)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
