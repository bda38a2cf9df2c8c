/** What a panel says of a run that has diverged, and the ways out. It lies over the plot's foot: nothing jumps. */

import { LEARNING_RATE_RANGE } from '../../training/link/protocol.ts';
import { useCommands, usePageState } from '../state/context.ts';
import './Halted.css';

export function Halted({ run }: { readonly run: number }) {
  const commands = useCommands();
  const halted = usePageState((state) => state.lab?.halted[run]);
  const isAlone = usePageState((state) => state.lab?.halted.every((each) => each !== undefined));
  // All runs go back together, to where none had diverged.
  const wayBack = usePageState((state) => state.lab?.wayBack);
  const half = usePageState(({ experiment }) =>
    Math.max(LEARNING_RATE_RANGE[0], experiment.learningRate / 2),
  );
  if (halted === undefined) return null;
  return (
    <div role="alert" className="halted">
      <p>
        <span>{`This run diverged: ${halted.reason}. It waits as it was at step ${halted.step}`}</span>
        <span>{isAlone ? '.' : '; the others go on.'}</span>
        {wayBack === undefined && (
          <span>
            {
              ' It did so while it caught up, and would again: remove its panel, or reset at a lower learning rate.'
            }
          </span>
        )}
      </p>
      {wayBack !== undefined && (
        <div className="halted-ways">
          <button type="button" onClick={() => commands.goBack(half)}>
            {`Halve the learning rate and go on from step ${wayBack}`}
          </button>
          <button type="button" onClick={() => commands.goBack()}>
            {`Go back to step ${wayBack}`}
          </button>
        </div>
      )}
    </div>
  );
}
