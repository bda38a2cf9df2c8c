/** What is best on this device is remembered for this browser. Without storage it is forgotten. */

import * as v from 'valibot';
import { type OwnSetHeader, ownSetSchema } from '../../data/own-set.ts';
import {
  BACKEND_NAMES,
  type BackendName,
  type CoresWish,
  isCoresWish,
} from '../../training/link/protocol.ts';

export interface DeviceMemory<T> {
  readonly get: () => T | undefined;
  readonly set: (value: T) => void;
}

/** Another version of the browser may be faster elsewhere. */
const device = () => navigator.userAgent;

function memoryOf<T>(name: string, isValue: (value: unknown) => value is T): DeviceMemory<T> {
  const key = `margin-loss-lab/${name}`;
  return {
    get() {
      try {
        const [value, of] = JSON.parse(localStorage.getItem(key) ?? '[]') as unknown[];
        return of === device() && isValue(value) ? value : undefined;
      } catch {
        return undefined;
      }
    },
    set(value) {
      try {
        localStorage.setItem(key, JSON.stringify([value, device()]));
      } catch {
        // It is found out, or chosen, anew at the next visit.
      }
    },
  };
}

const OWN_SETS = 'margin-loss-lab/own-sets';
const ownSetsSchema = v.array(ownSetSchema);

/** What the kept sets of the visitor's own images are, whatever the device. */
export const ownSetsMemory = {
  get(): readonly OwnSetHeader[] {
    try {
      return v.parse(ownSetsSchema, JSON.parse(localStorage.getItem(OWN_SETS) ?? '[]'));
    } catch {
      return [];
    }
  },
  /** False where this browser does not remember it. */
  set(sets: readonly OwnSetHeader[]): boolean {
    try {
      localStorage.setItem(OWN_SETS, JSON.stringify(sets));
      return true;
    } catch {
      return false;
    }
  },
};

/** Which backend was the fastest. */
export const backendMemory = memoryOf('fastest-backend', (value): value is BackendName =>
  BACKEND_NAMES.some((name) => name === value),
);

/** How many cores the reader wants to compute. */
export const coresMemory = memoryOf<CoresWish>('cores', isCoresWish);
