/** Which samples break the margins of margin loss, whatever loss a run learnt by. */

import type { Margins } from '../losses/objective.ts';
import { classesWithCentre, classMeans, type LabelledFeatures } from './classes.ts';
import { distanceBetween } from './euclidean.ts';
import { type Measure, type MeasureContext, seenSamples } from './measure.ts';

/**
 * Shares of samples that break the margins (Gao et al. 2018, Eq. 3), on given centres: further than
 * α₊ from their own, nearer than α₋ to some other.
 *
 * @param centres [classes × dim]; a class whose centre is not finite takes no part
 */
export function marginShares(
  { features, labels, dim }: LabelledFeatures,
  centres: Float32Array,
  margins: Margins,
): { readonly outsideAlphaPlus: number; readonly insideAlphaMinus: number } {
  const present = classesWithCentre(centres, dim);
  let tooFar = 0;
  let tooNear = 0;
  for (let i = 0; i < labels.length; i++) {
    const own = labels[i] as number;
    if (distanceBetween(features, i, centres, own, dim) > margins.inside) tooFar++;
    const isNear = (j: number) => distanceBetween(features, i, centres, j, dim) < margins.outside;
    if (present.some((j) => j !== own && isNear(j))) tooNear++;
  }
  return { outsideAlphaPlus: tooFar / labels.length, insideAlphaMinus: tooNear / labels.length };
}

/** On the class means; undefined where no margins are known. */
function shares(context: MeasureContext) {
  const seen = context.once(seenSamples);
  const { margins } = context.run;
  return margins && marginShares(seen, classMeans(seen), margins);
}

const COMMON = { better: 'lower', digits: 3, when: 'evaluation' } as const;

export const MARGIN_SHARES: readonly Measure[] = [
  {
    ...COMMON,
    name: 'outsideAlphaPlus',
    title: 'Outside α₊',
    heading: 'outside α₊',
    sentence: 'Share of samples that are further than α₊ from their own class mean.',
    tex: String.raw`P(\lVert x-\mu_y\rVert>\alpha_+)`,
    compute: (context) => context.once(shares)?.outsideAlphaPlus,
  },
  {
    ...COMMON,
    name: 'insideAlphaMinus',
    title: 'Inside α₋',
    heading: 'inside α₋',
    sentence: 'Share of samples that are nearer than α₋ to some other class mean.',
    tex: String.raw`P(\min_{j\neq y}\lVert x-\mu_j\rVert<\alpha_-)`,
    compute: (context) => context.once(shares)?.insideAlphaMinus,
  },
];
