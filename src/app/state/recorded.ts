/** Which recorded run a panel shows while the recording is shown, and in what it differs from what is set. */

import { dataSet } from '../../data/sets.ts';
import { activeTerms, hasSameTerms, isSameObjective, type Objective } from '../../losses/objective.ts';
import { isWarmingUp, targetOf } from '../../losses/schedule.ts';
import type { Recording } from '../../timeline/recording.ts';
import { nameOf } from './objective-text.ts';
import type { ExperimentState } from './slices/experiment.ts';
import type { TimelineState } from './slices/timeline.ts';

type State = Pick<TimelineState, 'recording' | 'recorded'> & ExperimentState;

/**
 * Position in the recording of what the panel of a run shows: the run with its objective; else what it showed before;
 * else the one whose terms are most like its own. −1 where there is no recording or no such run.
 */
export function recordedPosition({ experiment, recording, recorded }: State, run: number): number {
  const objective = experiment.runs[run]?.objective;
  if (recording === undefined || objective === undefined) return -1;
  const exact = recording.runs.findIndex(({ schedule }) => isSameObjective(targetOf(schedule), objective));
  return exact >= 0 ? exact : (recorded[run] ?? mostLike(objective, recording));
}

function mostLike(objective: Objective, { runs }: Recording): number {
  const wanted = idsOf(objective);
  const likeness = runs.map(({ schedule }) => {
    const ids = idsOf(targetOf(schedule));
    return 2 * ids.filter((id) => wanted.includes(id)).length - ids.length;
  });
  return likeness.indexOf(Math.max(...likeness));
}

const idsOf = (objective: Objective) => activeTerms(objective).map(({ id }) => id);

/** With what the run that a panel shows was recorded, as a sentence; undefined where it is just what is set. */
export function recordedWith(state: State, run: number): string | undefined {
  const { experiment, recording } = state;
  const spec = experiment.runs[run];
  const recorded = recording?.runs[recordedPosition(state, run)];
  if (recording === undefined || spec === undefined || recorded === undefined) return undefined;
  const { origin } = recording;
  const target = targetOf(recorded.schedule);
  const hasSameKnobs = isSameObjective(target, spec.objective);
  const isSameLoss = hasSameKnobs && spec.before === undefined;
  const name = hasSameTerms(target, spec.objective) && !hasSameKnobs ? nameOf(target) : recorded.title;
  const set = dataSet(recording.data);
  const others = [
    origin.network !== experiment.network && `network ${origin.network}`,
    recording.data !== experiment.data && set.title,
    origin.learningRate !== experiment.learningRate && `learning rate ${origin.learningRate}`,
    origin.warmUpSteps !== experiment.warmUpSteps &&
      isWarmingUp(recorded.schedule, 0) &&
      `a warm-up of ${origin.warmUpSteps} steps`,
    experiment.heldOut.length > 0 && recording.heldOut === undefined && `all ${set.word.many}`,
    recording.heldOut !== undefined &&
      experiment.heldOut.join() !== recording.heldOut.join() &&
      `${recording.heldOut.map((label) => set.classNames[label]).join(' and ')} left out`,
  ].filter((part) => part !== false);
  if (isSameLoss && origin.seed === experiment.seed && others.length === 0) return undefined;
  return `Recorded with ${[`seed ${origin.seed}`, name.toLowerCase(), ...others].join(', ')}.`;
}
