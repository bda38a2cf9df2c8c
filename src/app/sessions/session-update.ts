/** What a page tells of its session each time that it is kept: what is new, and no more. */

import type { CurvePoint } from '../../timeline/history.ts';
import type { Checkpoint } from '../../training/link/protocol.ts';
import type { Samples, StoredSession } from '../state/store.ts';
import type { FrameChanges } from './frame-log.ts';

export interface SessionUpdate {
  readonly session: StoredSession;
  readonly checkpoint: Checkpoint;
  readonly samples: Samples;
  readonly frames: FrameChanges;
  /** A run each. */
  readonly curves: readonly CurveChanges[];
  /** The sessions of open pages: they are not thrown away. */
  readonly held: readonly string[];
}

export interface CurveChanges {
  /** So many points from the beginning are as they were. */
  readonly same: number;
  /** They follow those. */
  readonly fresh: readonly CurvePoint[];
}

/** How a curve became another one: points are never changed, only added and left out. */
export function curveChanges(before: readonly CurvePoint[], now: readonly CurvePoint[]): CurveChanges {
  let same = 0;
  while (same < now.length && now[same] === before[same]) same++;
  return { same, fresh: now.slice(same) };
}

export function changedCurve(
  before: readonly CurvePoint[],
  { same, fresh }: CurveChanges,
): readonly CurvePoint[] {
  return [...before.slice(0, same), ...fresh];
}
