/** Gives components the commands, and the page's state by selector. */

import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { recordWithout } from '../../data/own-set.ts';
import type { DataSet } from '../../data/set.ts';
import { setOf } from '../../training/link/protocol.ts';
import type { Commands } from './commands.ts';
import { dataSetShown } from './selectors.ts';
import type { PageState } from './store.ts';

export const CommandsContext = createContext<Commands | undefined>(undefined);

/** @throws Error outside of a CommandsContext */
export function useCommands(): Commands {
  const commands = useContext(CommandsContext);
  if (commands === undefined) throw new Error('This component needs a CommandsContext above it.');
  return commands;
}

/** A part of the state; the component renders again when it changes. */
export function usePageState<T>(selector: (state: PageState) => T): T {
  return useStore(useCommands().store, selector);
}

/** The data set of what the page shows: the recording's, or the experiment's. */
export function useDataSetShown(): DataSet {
  return usePageState(dataSetShown);
}

/** The data set of the experiment, whatever is shown of the past. */
export function useDataSet(): DataSet {
  const set = usePageState(({ experiment }) => setOf(experiment));
  const heldOut = usePageState(({ experiment }) => experiment.heldOut);
  return useMemo(() => recordWithout(set, heldOut), [set, heldOut]);
}
