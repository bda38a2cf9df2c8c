/** In place of numbers that are not there: says so, over the empty picture. */

import { usePageState } from '../state/context.ts';
import './NotYet.css';

export const NOT_YET = 'not computed yet';

/** Stands in an element of class `not-yet-frame`. */
export function NotYet() {
  const isPossible = usePageState(({ measuresProblem }) => measuresProblem === undefined);
  // The controls and pictures below it say it for screen readers, each in its own name.
  return (
    <p className="not-yet" aria-hidden="true">
      {isPossible ? 'Computed as soon as it is in sight' : 'Can’t be computed'}
    </p>
  );
}
