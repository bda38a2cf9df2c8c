/** The data sets that there are. A new one is one file in sets/ and one line here. */

import type { DataSet } from './set.ts';
import { MNIST } from './sets/mnist.ts';

const RECORDS = [MNIST] as const;

export type DataSetId = (typeof RECORDS)[number]['id'];

export const DATA_SETS: readonly DataSet<DataSetId>[] = RECORDS;
export const DATA_SET_IDS: readonly DataSetId[] = RECORDS.map(({ id }) => id);

/** What an experiment learns that does not say. Links and sessions of before there was a choice mean it, too. */
export const DEFAULT_DATA_SET: DataSetId = MNIST.id;

export function dataSet(id: DataSetId): DataSet<DataSetId> {
  const found = DATA_SETS.find((set) => set.id === id);
  if (found === undefined) throw new RangeError(`There is no data set "${id}".`);
  return found;
}
