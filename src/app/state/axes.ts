/** The plane that features of many dimensions are drawn on: each run's principal axes, and how they lie on the plane. */

import { firstPlane, type Plane, type PrincipalAxes, principalAxes } from '../../plots/projection.ts';
import { interpolate } from '../../timeline/quantise.ts';
import type { FrameRun } from '../../timeline/timeline.ts';
import { dimShown, framesShown, positionShown } from './selectors.ts';
import type { PageState } from './store.ts';

/**
 * A run's principal axes: of the newest frame on its timeline, whatever step is shown, so that nothing but features moves
 * while time does. Undefined in two dimensions, and before there is a frame. Equal inputs give the identical object.
 */
export function createAxesOf(): (state: PageState, run: number) => PrincipalAxes | undefined {
  const known: { readonly of: FrameRun; readonly axes: PrincipalAxes }[] = [];
  return (state, run) => {
    const dim = dimShown(state);
    if (dim <= 2) return undefined;
    const newest = framesShown(state).at(-1)?.runs[positionShown(state, run)];
    if (newest === undefined || newest.points.values.length !== dim * newest.predictions.length)
      return undefined;
    const before = known[run];
    if (before?.of === newest) return before.axes;
    const features = interpolate(newest.points, newest.points, 0);
    const axes = principalAxes(features, dim, before?.axes);
    known[run] = { of: newest, axes };
    return axes;
  };
}

const first = new Map<number, Plane>();

/** Where so many axes point on the plane, as shown: the two widest ones span it until it is turned. */
export function planeShown({ plane }: Pick<PageState, 'plane'>, count: number): Plane {
  if (plane?.length === 2 * count) return plane;
  const known = first.get(count) ?? firstPlane(count);
  first.set(count, known);
  return known;
}
