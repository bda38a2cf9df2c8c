/** Half-precision numbers (IEEE 754 binary16): two bytes a weight where three decimal digits do. */

/** Of the largest finite one. */
const LARGEST = 65_504;
/** Below it numbers are multiples of 2⁻²⁴. */
const SMALLEST_NORMAL = 2 ** -14;
const FRACTION_BITS = 10;

/**
 * Each number as the nearest half-precision one, of two equally near the even one, as its 16 bits.
 *
 * @throws RangeError for what is not finite, or too large
 */
export function toHalf(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, (value) => {
    const size = Math.abs(value);
    if (!(size <= LARGEST)) throw new RangeError(`${value} is no half-precision number.`);
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const exponent = size < SMALLEST_NORMAL ? -14 : Math.floor(Math.log2(size));
    const steps = roundedToEven(size * 2 ** (FRACTION_BITS - exponent));
    // Where rounding reaches the next power of two, the carry into the exponent is just right.
    return sign | (size < SMALLEST_NORMAL ? steps : ((exponent + 14) << FRACTION_BITS) + steps);
  });
}

/** The inverse of `toHalf`; bits of infinities and of NaN give those. */
export function fromHalf(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = (half & 0x8000) === 0 ? 1 : -1;
    const exponent = (half >> FRACTION_BITS) & 31;
    const fraction = half & 0x3ff;
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  });
}

function roundedToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
