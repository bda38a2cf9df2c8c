/** The plain distance between rows of matrices. */

/** ‖a_i − b_j‖ of rows i and j of two row-major matrices with `dim` columns. */
export function distanceBetween(a: Float32Array, i: number, b: Float32Array, j: number, dim: number): number {
  let sum = 0;
  for (let k = 0; k < dim; k++) {
    const difference = (a[i * dim + k] as number) - (b[j * dim + k] as number);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
