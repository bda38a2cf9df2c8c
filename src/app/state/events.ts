/** What changed and when, over all runs shown: switches of the objective, ends of warm-ups, learning rates. */

import { activeTerms } from '../../losses/objective.ts';
import type { Schedule, ScheduleEntry } from '../../losses/schedule.ts';
import type { CurveEvent } from '../../plots/curves.ts';
import { nameOf } from './objective-text.ts';
import { recordingShown, scheduleShown } from './selectors.ts';
import type { PageState } from './store.ts';
import { measuredEffect } from './switch-effect.ts';

export interface TimelineEvent extends CurveEvent {
  /** What it did, where that is measured: sentences. */
  readonly effect?: string | undefined;
}

/** In rising order of step; what happened at one step is one event, and so is a slider that was moved. */
export function eventsShown(state: PageState): readonly TimelineEvent[] {
  const labels = new Map<number, string[]>();
  const effects = new Map<number, string[]>();
  const add = (step: number, label: string, effect?: string) => {
    if (step <= 0) return;
    labels.set(step, [...(labels.get(step) ?? []), label]);
    if (effect !== undefined) effects.set(step, [...(effects.get(step) ?? []), effect]);
  };
  for (const [run, { title }] of state.experiment.runs.entries()) {
    for (const entry of merged(scheduleShown(state, run) ?? [])) {
      const effect = measuredEffect(state, run, entry);
      add(entry.step, `${title}: ${nameOf(entry.objective)}`, effect && `${title}: ${effect}`);
    }
  }
  if (recordingShown(state) === undefined) {
    for (const { step, learningRate } of state.lab?.learningRates ?? []) {
      add(step, `learning rate ${learningRate}`);
    }
  }
  return [...labels]
    .map(([step, parts]) => ({ step, label: parts.join('; '), effect: effects.get(step)?.join(' ') }))
    .sort((a, b) => a.step - b.step);
}

/** Steps between two ticks of a slider that is moved, at most. */
const A_TICK = 60;

/** One entry for a slider that was moved, whatever its ticks: where it began to move, with what it was moved to. */
function merged(schedule: Schedule): Schedule {
  const entries: ScheduleEntry[] = [];
  /** The last tick of the slider that is being moved; undefined after a switch. */
  let lastTick: number | undefined;
  for (const [index, entry] of schedule.entries()) {
    const before = entries.at(-1);
    // A first entry, and one with other terms, is a switch.
    const isTick = index > 0 && before !== undefined && idsOf(before) === idsOf(entry);
    const goesOn = isTick && lastTick !== undefined && entry.step - lastTick <= A_TICK;
    if (goesOn) entries[entries.length - 1] = { ...entry, step: before.step };
    else entries.push(entry);
    lastTick = isTick ? entry.step : undefined;
  }
  return entries;
}

/** Which terms are active. */
function idsOf({ objective }: ScheduleEntry): string {
  return activeTerms(objective)
    .map(({ id }) => id)
    .join();
}
