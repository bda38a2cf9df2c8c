/** More have nothing to do: the halves of a batch of four runs. */
export const MOST_CORES = 8;

/** 'auto': as many as make training fastest. */
export type CoresWish = 'auto' | number;

export function isCoresWish(value: unknown): value is CoresWish {
  return value === 'auto' || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_CORES);
}
