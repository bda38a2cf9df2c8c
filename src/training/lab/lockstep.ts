/** What runs in lock-step ask of a device alike may be computed at once, where the backend can. */

import * as tf from '@tensorflow/tfjs-core';

/** A backend that puts equal work on other tensors together. */
export interface LockstepBackend {
  /** As `items.map(work)`, to the same values; nothing is computed for sure before it ends. */
  inLockstep<T, R>(items: readonly T[], work: (item: T) => R): R[];
}

/** `work` of each item, on the backend that is set. Items must not need each other's results. */
export function inLockstep<T, R>(items: readonly T[], work: (item: T) => R): R[] {
  const backend = tf.backend() as Partial<LockstepBackend>;
  return items.length < 2 || backend.inLockstep === undefined
    ? items.map(work)
    : backend.inLockstep(items, work);
}
