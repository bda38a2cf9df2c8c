/** Which classes are taken for which. */

/** Counts [classes × classes]: the true class down, the predicted one across. */
export function confusionMatrix(labels: Uint8Array, predictions: Uint8Array, classes: number): Uint32Array {
  const matrix = new Uint32Array(classes * classes);
  for (let i = 0; i < labels.length; i++) {
    const cell = (labels[i] as number) * classes + (predictions[i] as number);
    matrix[cell] = (matrix[cell] ?? 0) + 1;
  }
  return matrix;
}
