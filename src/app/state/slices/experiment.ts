/** The experiment as the reader set it. The worker follows it. */

import type { Experiment } from '../../../training/link/protocol.ts';
import { afterChange, isChange } from '../../../training/link/protocol.ts';
import type { Happening, StateOf } from './slice.ts';

export const experimentSlice = {
  visit: {},
  fresh: (experiment: Experiment) => ({ experiment }),
};

export type ExperimentState = StateOf<typeof experimentSlice>;

export function experimentAfter(
  { experiment }: ExperimentState,
  happening: Happening,
): Partial<ExperimentState> {
  return isChange(happening) ? { experiment: afterChange(experiment, happening) } : {};
}
