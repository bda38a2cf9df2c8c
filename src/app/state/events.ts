/** What changed and when, over all runs shown: switches of the objective, ends of warm-ups, learning rates. */

import type { CurveEvent } from '../../plots/curves.ts';
import { nameOf } from './objective-text.ts';
import { recordingShown, scheduleShown } from './selectors.ts';
import type { PageState } from './store.ts';

/** In rising order of step; what happened at one step is one event. */
export function eventsShown(state: PageState): readonly CurveEvent[] {
  const labels = new Map<number, string[]>();
  const add = (step: number, label: string) => {
    if (step > 0) labels.set(step, [...(labels.get(step) ?? []), label]);
  };
  for (const [run, { title }] of state.experiment.runs.entries()) {
    for (const { step, objective } of scheduleShown(state, run) ?? []) {
      add(step, `${title}: ${nameOf(objective)}`);
    }
  }
  if (recordingShown(state) === undefined) {
    for (const { step, learningRate } of state.lab?.learningRates ?? []) {
      add(step, `learning rate ${learningRate}`);
    }
  }
  return [...labels]
    .map(([step, parts]) => ({ step, label: parts.join('; ') }))
    .sort((a, b) => a.step - b.step);
}
