/** What a panel says of a run that has diverged, and the ways out. It lies over the plot's foot: nothing jumps. */

import { lessonOf, type Objective } from '../../losses/objective.ts';
import { FAILURES, LEARNING_RATE_RANGE } from '../../training/link/protocol.ts';
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
  const objective = usePageState(({ experiment }) => experiment.runs[run]?.objective);
  if (halted === undefined) return null;
  const { verb, reason, way } = explained(halted.reason, objective);
  return (
    <div role="alert" className="halted">
      <p>
        <span>{`This run ${verb}: ${reason}. It waits as it was at step ${halted.step}`}</span>
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
          {way !== undefined && (
            <button type="button" onClick={() => commands.goBackWith(run, way.remedy)}>
              {`${way.text} and go on from step ${wayBack}`}
            </button>
          )}
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

/** A collapse or a runaway that is in the nature of the loss is said in its words; anything else is a divergence. */
function explained(reason: string, objective: Objective | undefined) {
  for (const [failure, verb] of [
    ['collapse', 'collapsed into one point'],
    ['runaway', 'ran away'],
  ] as const) {
    const found = reason === FAILURES[failure] ? objective && lessonOf(objective, failure) : undefined;
    if (found === undefined) continue;
    const { lesson, remedy } = found;
    return { verb, reason: lesson.text, way: { text: lesson.wayOut.text, remedy } };
  }
  return { verb: 'diverged', reason, way: undefined };
}
