/** Which classes are taken for which. */

import { CLASS_COUNT } from './classes.ts';

/** Counts [10 × 10]: the true class down, the predicted one across. */
export function confusionMatrix(labels: Uint8Array, predictions: Uint8Array): Uint32Array {
  const matrix = new Uint32Array(CLASS_COUNT * CLASS_COUNT);
  for (let i = 0; i < labels.length; i++) {
    const cell = (labels[i] as number) * CLASS_COUNT + (predictions[i] as number);
    matrix[cell] = (matrix[cell] ?? 0) + 1;
  }
  return matrix;
}
