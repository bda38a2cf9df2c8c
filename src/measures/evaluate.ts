/**
 * Every measure of one run's features, by name: what the command line prints and what the page shows
 * beside its panels. D1 to D3, separability and accuracy are over seen digits; digits that were held out
 * of training are verified apart and scored as unknown.
 */

import { classMeans, type LabelledFeatures, ofClasses, withoutClasses } from './classes.ts';
import { distanceBetween, letterMeasures } from './distances.ts';
import { drawPairs, METRICS, type Metric, scorePairs } from './pairs.ts';
import { marginShares, separability } from './separability.ts';
import { areaUnder, lfwAccuracy, rocOf, verify } from './verification.ts';

export interface Evaluated extends LabelledFeatures {
  /** Learned centres, [classes × dim]. */
  readonly centres: Float32Array;
  /** Digits that training never saw. */
  readonly heldOut: readonly number[];
  readonly margins: { readonly alphaPlus: number; readonly alphaMinus: number };
}

export interface EvaluateOptions {
  /** Genuine and impostor pairs, so many of each. */
  readonly pairs?: number;
  readonly seed?: number;
}

/** Enough for a TAR at FAR 1e-3. */
export const PAIRS = 100_000;
export const PAIR_SEED = 1;

/** Numbers by name; NaN where a measure is not defined on these features. */
export type NamedMeasures = Readonly<Record<string, number>>;

/** @throws RangeError where a feature is not a number */
export function evaluate(
  { centres, heldOut, margins, ...labelled }: Evaluated,
  { pairs = PAIRS, seed = PAIR_SEED }: EvaluateOptions = {},
): NamedMeasures {
  const seen = ofClasses(labelled, (label) => !heldOut.includes(label));
  return {
    ...distanceMeasures(seen, withoutClasses(centres, heldOut, labelled.dim)),
    ...separability(seen),
    ...marginShares(seen, classMeans(seen), margins),
    ...verification(seen, '', { pairs, seed }),
    ...(heldOut.length === 0 ? {} : openSet(labelled, seen, centres, heldOut, { pairs, seed })),
  };
}

/**
 * D1 to D3 and D2/D1 on the class means, and D1 to D3 on learned centres.
 *
 * @param centres [classes × dim]; a class whose centre is not finite takes no part
 */
export function distanceMeasures(labelled: LabelledFeatures, centres: Float32Array) {
  const { D1, D2, D3 } = letterMeasures(labelled, classMeans(labelled));
  const onCentres = letterMeasures(labelled, centres);
  return {
    D1,
    D2,
    D3,
    D2OverD1: D2 / D1,
    D1OnCentres: onCentres.D1,
    D2OnCentres: onCentres.D2,
    D3OnCentres: onCentres.D3,
  };
}

/** By both metrics: `euclideanAUC`, `cosineEER`, …; with a prefix for other digits than the seen ones. */
function verification(labelled: LabelledFeatures, prefix: string, options: Required<EvaluateOptions>) {
  const pairs = drawPairs(labelled.labels, { count: options.pairs, seed: options.seed });
  const named = METRICS.flatMap((metric) => {
    const scores = scorePairs(labelled, pairs, metric);
    const { auc, eer, eerThreshold, tarAtFar1e2, tarAtFar1e3, dPrime } = verify(scores);
    const lfw = lfwAccuracy(scores);
    const numbers = {
      AUC: auc,
      EER: eer,
      Threshold: eerThreshold,
      TARAtFAR1e2: tarAtFar1e2,
      TARAtFAR1e3: tarAtFar1e3,
      DPrime: dPrime,
      LFW: lfw.mean,
      LFWDeviation: lfw.deviation,
    };
    return Object.entries(numbers).map(
      ([name, value]) => [measureName(prefix, metric, name), value] as const,
    );
  });
  return Object.fromEntries(named);
}

/** The unseen digits among themselves, and the seen against the unseen by the distance to the nearest centre. */
function openSet(
  labelled: LabelledFeatures,
  seen: LabelledFeatures,
  centres: Float32Array,
  heldOut: readonly number[],
  options: Required<EvaluateOptions>,
) {
  const unseen = ofClasses(labelled, (label) => heldOut.includes(label));
  const known = withoutClasses(centres, heldOut, labelled.dim);
  const scores = { genuine: nearestDistances(seen, known), impostor: nearestDistances(unseen, known) };
  return { ...verification(unseen, 'unseen', options), openSetAUROC: areaUnder(rocOf(scores)) };
}

function measureName(prefix: string, metric: Metric, name: string): string {
  return prefix === '' ? metric + name : prefix + metric.charAt(0).toUpperCase() + metric.slice(1) + name;
}

/** min_j ‖x_i − c_j‖ over the finite centres, [count]. */
function nearestDistances({ features, labels, dim }: LabelledFeatures, centres: Float32Array): Float32Array {
  return Float32Array.from(labels, (_, i) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < centres.length / dim; j++) {
      const distance = distanceBetween(features, i, centres, j, dim);
      if (distance < nearest) nearest = distance;
    }
    return nearest;
  });
}
