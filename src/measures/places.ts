/** Coordinates that can be plotted: what a feature or a centre may be. */

/** No coordinate of a feature or a centre is farther out: beyond it, single precision can't scale what is plotted. */
export const LARGEST_PLACE = 1e30;

/** False for what is too large, and for NaN. */
export const isPlace = (value: number) => Math.abs(value) <= LARGEST_PLACE;
