/** Forces on what is pinned and lit, as the worker last told them. */

import type { Field } from '../../../plots/marks/field.ts';
import type { Arrow } from '../../../plots/marks/forces.ts';
import { type Access, empty, type Happening, type StateOf } from './slice.ts';

export interface PinForces {
  /** The sample's row in what is shown. */
  readonly row: number;
  readonly forces: readonly Omit<Arrow, 'x' | 'y'>[];
  /** λ times the value of each active term on this sample, in the order of the slots. */
  readonly values: readonly number[];
}

export interface RunForces {
  readonly pins: readonly PinForces[];
  readonly field: Field | undefined;
}

export const forcesSlice = {
  visit: {},
  fresh: () => ({
    /** By the run's position; undefined where nothing is told of it. */
    forces: empty<RunForces | undefined>(),
  }),
};

export type ForcesState = StateOf<typeof forcesSlice>;

export function forcesAfter({ type }: Happening): Partial<ForcesState> {
  return type === 'addRun' || type === 'removeRun' ? { forces: [] } : {};
}

export interface ForcesCommands {
  setForces(run: number, forces: RunForces | undefined): void;
}

export function createForcesCommands(store: Access<ForcesState>): ForcesCommands {
  return {
    setForces(run, own) {
      const { forces } = store.getState();
      if (forces[run] === own) return;
      const changed = [...forces];
      changed[run] = own;
      store.setState({ forces: changed });
    },
  };
}
