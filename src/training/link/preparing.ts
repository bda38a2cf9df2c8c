/** What the page is told of runs that are still to be made: by the worker, or by its supervisor while there is none. */

import { learningRatesOf } from '../past.ts';
import { stateEvent } from './events.ts';
import type { Start } from './host-state.ts';
import type { LabState } from './protocol.ts';

/** Which runs there will be is not known before the changes are made that wait for them. */
export function changesWait(start: Start): boolean {
  return start.resume !== undefined && start.changes.length > 0;
}

export function preparingEvent(
  start: Start,
  said: Pick<LabState, 'activity' | 'sentence' | 'wayBack'>,
): LabState {
  const { experiment, resume } = start;
  const runs = (changesWait(start) ? undefined : resume?.runs) ?? [];
  return stateEvent(
    { network: experiment.network, step: 0, learningRates: learningRatesOf(experiment), ...resume, runs },
    { ...said, epoch: undefined },
  );
}
