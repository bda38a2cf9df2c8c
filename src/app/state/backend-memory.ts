/** Remembers which backend was the fastest, for this device and browser. Without storage it forgets. */

import { BACKEND_NAMES, type BackendName } from '../../training/link/protocol.ts';

const KEY = 'margin-loss-lab/fastest-backend';

/** Another version of the browser may be faster elsewhere. */
const device = () => navigator.userAgent;

export const backendMemory = {
  get(): BackendName | undefined {
    try {
      const [backend, of] = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown[];
      return of === device() ? BACKEND_NAMES.find((name) => name === backend) : undefined;
    } catch {
      return undefined;
    }
  },

  set(backend: BackendName): void {
    try {
      localStorage.setItem(KEY, JSON.stringify([backend, device()]));
    } catch {
      // It is timed again at the next visit.
    }
  },
};
