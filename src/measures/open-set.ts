/**
 * Samples of classes that training never saw, separated from seen ones by the distance to the nearest learned centre; by the
 * angle where the run's centres are those of directions.
 */

import type { LabelledFeatures } from './classes.ts';
import { distanceBetween } from './euclidean.ts';
import { type Measure, type MeasureContext, seenCentres, seenSamples, unseenSamples } from './measure.ts';
import { areaUnder, rocOf } from './roc.ts';

type Distance = typeof distanceBetween;

/** 1 − cos of two rows; what has no direction is at a right angle to all. */
const angleBetween: Distance = (a, i, b, j, dim) => {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let k = 0; k < dim; k++) {
    const [x, y] = [a[i * dim + k] as number, b[j * dim + k] as number];
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return 1 - product / (Math.sqrt(ofA * ofB) || 1);
};

/** min_j of the distance to the finite centres, [count]. */
function nearestDistances(
  { features, labels, dim }: LabelledFeatures,
  centres: Float32Array,
  between: Distance,
): Float32Array {
  return Float32Array.from(labels, (_, i) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < centres.length / dim; j++) {
      const distance = between(features, i, centres, j, dim);
      if (distance < nearest) nearest = distance;
    }
    return nearest;
  });
}

function auroc(context: MeasureContext): number | undefined {
  const unseen = context.once(unseenSamples);
  if (unseen === undefined) return undefined;
  const centres = context.once(seenCentres);
  const between = context.run.rule === 'centre cosine' ? angleBetween : distanceBetween;
  const genuine = nearestDistances(context.once(seenSamples), centres, between);
  return areaUnder(rocOf({ genuine, impostor: nearestDistances(unseen, centres, between) }));
}

export const OPEN_SET: readonly Measure[] = [
  {
    name: 'openSetAUROC',
    title: 'Open-set AUROC',
    heading: 'AUROC of unknown',
    sentence: 'How well the distance to the nearest learned centre tells unseen classes from seen ones.',
    tex: String.raw`P(\min_j\lVert x_s-c_j\rVert<\min_j\lVert x_u-c_j\rVert)`,
    better: 'higher',
    digits: 4,
    when: 'evaluation',
    compute: auroc,
  },
];
