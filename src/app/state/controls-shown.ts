/**
 * What the controls show: while the timeline stands in the past, the settings of that step, until one of them is touched
 * there. What is touched acts at the next step of the live runs, and shows from then on what is set. “At step 20” is after
 * 20 steps, as in captions, links and marks of the timeline.
 */

import { distanceOf, type Objective } from '../../losses/objective.ts';
import { isUnprepared, objectiveAt } from '../../losses/schedule.ts';
import { whole } from '../parts/data-help.ts';
import { recordingShown, stepShown } from './selectors.ts';
import type { Control } from './slices/timeline.ts';
import { stepsDone } from './steps-done.ts';
import type { PageState } from './store.ts';

/** The step of the live runs' past that is shown; undefined where that is the newest, or the recording. */
function pastShown(state: PageState): number | undefined {
  return state.at === undefined || recordingShown(state) !== undefined ? undefined : stepShown(state);
}

/** The same for a control that shows the settings of that step; undefined where it shows what is set. */
function pastOf(state: PageState, control: Control): number | undefined {
  const isTouched = state.touched?.at === state.at && state.touched?.controls.includes(control);
  return isTouched ? undefined : pastShown(state);
}

/** The objective in the controls of a run. */
export function objectiveInControls(state: PageState, run: number): Objective | undefined {
  const step = pastOf(state, run);
  const schedule = state.lab?.schedules[run];
  const isKnown = step !== undefined && schedule !== undefined && schedule.length > 0;
  return isKnown ? objectiveAt(schedule, step) : state.experiment.runs[run]?.objective;
}

/**
 * What comes of a run that was begun from random weights by what asks for softmax first, in a sentence; undefined where it
 * was not.
 */
export function unpreparedNote(state: PageState, run: number): string | undefined {
  const schedule = state.lab?.schedules[run];
  if (schedule === undefined || !isUnprepared(schedule)) return undefined;
  const [first] = schedule;
  const isOnCircle = first !== undefined && distanceOf(first.objective) === 'cosine';
  return `Begun from random weights. ${isOnCircle ? FREEZE : FOLD} Softmax first: set a warm-up, then Reset.`;
}

const FREEZE = 'On a circle no class can pass another, so they freeze in the order that they find.';
const FOLD = 'All centres push while they still sit together, so classes fold onto each other.';

/** The learning rate in its control. */
export function learningRateInControls(state: PageState): number {
  const step = pastOf(state, 'learningRate');
  const rates = state.lab?.learningRates ?? [];
  const then = step === undefined ? undefined : rates.findLast((entry) => entry.step <= step);
  return then?.learningRate ?? state.experiment.learningRate;
}

/** What a reader has to know who sets something while the past is shown, in sentences; undefined elsewhere. */
export function pastNote(state: PageState, control: Control): string | undefined {
  const shown = pastShown(state);
  if (shown === undefined) return undefined;
  const step = whole(Math.round(shown));
  if (pastOf(state, control) !== undefined)
    return `As at step ${step}. A change acts at step ${whole(stepsDone(state))}.`;
  return `Acts at step ${whole(lastChange(state, control))}. The plot stays at step ${step}.`;
}

/** The steps that were done before what is set began to act. */
function lastChange({ experiment, lab }: PageState, control: Control): number {
  if (control === 'learningRate') return experiment.ratesBefore?.at(-1)?.until ?? 0;
  return experiment.runs[control]?.before?.at(-1)?.until ?? lab?.schedules[control]?.at(-1)?.step ?? 0;
}
