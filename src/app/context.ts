/** Hands the lab's controls to components, and its state by selector. */

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { DataSet } from '../data/set.ts';
import { dataSet } from '../data/sets.ts';
import type { LabControls } from './lab.ts';
import { dataSetShown } from './shown.ts';
import type { LabStore } from './store.ts';

export const LabContext = createContext<LabControls | undefined>(undefined);

/** @throws Error outside of a LabContext */
export function useLab(): LabControls {
  const lab = useContext(LabContext);
  if (lab === undefined) throw new Error('This component needs a LabContext above it.');
  return lab;
}

/** A part of the state; the component renders again when it changes. */
export function useLabState<T>(selector: (state: LabStore) => T): T {
  return useStore(useLab().store, selector);
}

/** The data set of what the page shows: the recording's, or the experiment's. */
export function useDataSetShown(): DataSet {
  return useLabState(dataSetShown);
}

/** The data set of the experiment, whatever is shown of the past. */
export function useDataSet(): DataSet {
  return useLabState(({ experiment }) => dataSet(experiment.data));
}
