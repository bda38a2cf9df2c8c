/** What a slice of the page's state is: one file with its fields, what becomes of them, and what the reader can do to them. */

import type { Change, Event, Experiment } from '../../../training/link/protocol.ts';

/** What the page's state follows: the worker's events, and live changes as the reader makes them. */
export type Happening = Event | Change;

/** Fields are written down here, each once: with the value that it starts at. */
export interface Slice {
  /** For the whole visit. */
  readonly visit: object;
  /** Begun anew with every experiment. */
  readonly fresh: (experiment: Experiment) => object;
}

export type StateOf<S extends Slice> = Readonly<S['visit'] & ReturnType<S['fresh']>>;

/** The store, as far as a slice needs it. */
export interface Access<State> {
  getState(): State;
  setState(change: Partial<State> | ((state: State) => Partial<State>)): void;
}

/** A field that has no value yet. */
export const none = <T>(): T | undefined => undefined;

/** A list that has nothing in it yet. */
export const empty = <T>(): readonly T[] => [];

/** A list with an entry a run, without that of a run. */
export const withoutEntry = <T>(items: readonly T[], run: number): readonly T[] =>
  items.filter((_, index) => index !== run);
