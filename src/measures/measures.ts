/** The measures that there are, in the order in which they are listed. A new family is one file and one line here. */

import { ACCURACIES } from './accuracy.ts';
import { DISTANCES } from './distances.ts';
import { MARGIN_SHARES } from './margins.ts';
import type { Measure } from './measure.ts';
import { OPEN_SET } from './open-set.ts';
import { SEPARABILITY } from './separability.ts';
import { UNSEEN_VERIFICATION, VERIFICATION } from './verification.ts';

export const MEASURES: readonly Measure[] = [
  ...ACCURACIES,
  ...DISTANCES,
  ...SEPARABILITY,
  ...MARGIN_SHARES,
  ...VERIFICATION,
  ...UNSEEN_VERIFICATION,
  ...OPEN_SET,
];

/** Cheap enough to come with every snapshot while training. */
export const SNAPSHOT_MEASURES = MEASURES.filter(({ when }) => when === 'snapshot');

/** @throws RangeError for a name that no measure has */
export function measureNamed(name: string): Measure {
  const found = MEASURES.find((measure) => measure.name === name);
  if (found === undefined) throw new RangeError(`There is no measure "${name}".`);
  return found;
}
