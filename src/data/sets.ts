/** The data sets that the lab offers by itself. A new one is one file in sets/ and one line here. */

import type { OwnSetId } from './own-set.ts';
import type { DataSet } from './set.ts';
import { FASHION_MNIST } from './sets/fashion-mnist.ts';
import { MNIST } from './sets/mnist.ts';

const RECORDS = [MNIST, FASHION_MNIST] as const;

export type OfferedSetId = (typeof RECORDS)[number]['id'];
export type DataSetId = OfferedSetId | OwnSetId;

/** Those that every page knows. */
export const DATA_SETS: readonly DataSet<OfferedSetId>[] = RECORDS;
export const DATA_SET_IDS: readonly OfferedSetId[] = RECORDS.map(({ id }) => id);

/** For experiments that name no data set, among them links and sessions from before there was a choice. */
export const DEFAULT_DATA_SET = MNIST.id;

/** The record of a data set that the lab offers; of others an experiment says itself what they are. @throws RangeError where there is none with this id */
export function dataSet(id: DataSetId): DataSet<OfferedSetId> {
  const found = DATA_SETS.find((set) => set.id === id);
  if (found === undefined) throw new RangeError(`There is no data set "${id}".`);
  return found;
}
