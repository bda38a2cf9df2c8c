/** Features as small whole numbers: half the bytes, and an error of at most half a level. */

export interface Quantised {
  /** Smallest value, and the size of one level, both in feature units. */
  readonly low: number;
  readonly level: number;
  readonly values: Uint16Array;
}

/** 16 bits: the error is at most the range / 131,070. */
const FINE = 65_535;
/** 10 bits, for what must be small: at most the range / 2,046, less than half a pixel of a plot. */
export const COARSE = 1023;

/**
 * @param highest the largest whole number used, at most 65,535
 * @throws RangeError for a value that is not finite: no such number is ever recorded
 */
export function quantise(features: Float32Array, highest = FINE): Quantised {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of features) {
    if (!Number.isFinite(value)) throw new RangeError('A feature that is not finite can’t be recorded.');
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (features.length === 0) return { low: 0, level: 0, values: new Uint16Array(0) };
  const level = (high - low) / highest;
  const values = new Uint16Array(features.length);
  if (level > 0) {
    for (let i = 0; i < values.length; i++) values[i] = Math.round(((features[i] as number) - low) / level);
  }
  return { low, level, values };
}

/**
 * Between two recordings of the same samples: `from` at t = 0, `to` at t = 1.
 *
 * @param target takes the features where its length is right; else a new array does
 */
export function interpolate(from: Quantised, to: Quantised, t: number, target?: Float32Array): Float32Array {
  const length = from.values.length;
  const features = target?.length === length ? target : new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const start = from.low + (from.values[i] as number) * from.level;
    const end = to.low + (to.values[i] as number) * to.level;
    features[i] = start + (end - start) * t;
  }
  return features;
}
