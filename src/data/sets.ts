/** The data sets that there are. A new one is one file in sets/ and one line here. */

import type { DataSet } from './set.ts';
import { FASHION_MNIST } from './sets/fashion-mnist.ts';
import { MNIST } from './sets/mnist.ts';

const RECORDS = [MNIST, FASHION_MNIST] as const;

/** Of a set that was read from a folder: its name and a digest. */
export type FolderSetId = `${string}@${string}`;
export type DataSetId = (typeof RECORDS)[number]['id'] | FolderSetId;

const registered = new Map<string, DataSet<FolderSetId>>();

/** Makes a set known by its id, for as long as this program runs. */
export function registerSet(set: DataSet<FolderSetId>): void {
  registered.set(set.id, set);
}

/** Those that every page knows. */
export const DATA_SETS: readonly DataSet<DataSetId>[] = RECORDS;
export const DATA_SET_IDS: readonly DataSetId[] = RECORDS.map(({ id }) => id);

/** For experiments that name no data set, among them links and sessions from before there was a choice. */
export const DEFAULT_DATA_SET: DataSetId = MNIST.id;

/** The record of a data set. @throws RangeError where there is none with this id */
export function dataSet(id: DataSetId): DataSet<DataSetId> {
  const found = DATA_SETS.find((set) => set.id === id) ?? registered.get(id);
  if (found === undefined) throw new RangeError(`There is no data set "${id}".`);
  return found;
}
