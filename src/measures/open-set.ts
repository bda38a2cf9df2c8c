/** Samples of classes that training never saw, separated from seen ones by the distance to the nearest learned centre. */

import type { LabelledFeatures } from './classes.ts';
import { distanceBetween } from './euclidean.ts';
import { type Measure, type MeasureContext, seenCentres, seenSamples, unseenSamples } from './measure.ts';
import { areaUnder, rocOf } from './roc.ts';

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

function auroc(context: MeasureContext): number | undefined {
  const unseen = context.once(unseenSamples);
  if (unseen === undefined) return undefined;
  const centres = context.once(seenCentres);
  const genuine = nearestDistances(context.once(seenSamples), centres);
  return areaUnder(rocOf({ genuine, impostor: nearestDistances(unseen, centres) }));
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
