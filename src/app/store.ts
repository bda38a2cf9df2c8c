/**
 * All that the page knows, outside React: the experiment as the reader set it, and what the worker
 * last said. Derived values are computed where they are shown.
 */

import { createStore } from 'zustand/vanilla';
import { type CurvePoint, withPoint } from '../timeline/history.ts';
import type { Event, Experiment, LabState, LossTerms, Progress, Snapshot } from '../training/protocol.ts';

export type ThemeChoice = 'auto' | 'light' | 'dark';

export interface Probe {
  /** [count × 784] bytes. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  /** Index of each probe sample in the test set. */
  readonly indices: Uint32Array;
}

export interface LabStore {
  readonly experiment: Experiment;
  readonly theme: ThemeChoice;
  readonly selectedRun: number;
  /** Sentences for the reader, newest last. */
  readonly notices: readonly string[];
  readonly backend: { readonly name: string; readonly reason: string } | undefined;
  readonly data: { readonly receivedBytes: number; readonly totalBytes: number } | undefined;
  readonly dataProblem: string | undefined;
  readonly failure: string | undefined;
  readonly probe: Probe | undefined;
  readonly lab: LabState | undefined;
  readonly progress: Progress | undefined;
  /** Of the probe set: what the plots show. */
  readonly snapshot: Snapshot | undefined;
  /** Of all 10,000 test images: at the end of an epoch. */
  readonly wholeTest: Snapshot | undefined;
  /** A series of points a run. */
  readonly curves: readonly (readonly CurvePoint[])[];
  /** The lit sample's row in the probe set, or −1. */
  readonly highlight: number;
  readonly litClass: number | undefined;
  /** True while a margin slider has the focus, so that its circles show. */
  readonly marginsInFocus: boolean;
}

export type Store = ReturnType<typeof createLabStore>;

export function createLabStore(experiment: Experiment, notices: readonly string[] = []) {
  return createStore<LabStore>(() => ({
    experiment,
    theme: 'auto',
    selectedRun: 0,
    notices,
    backend: undefined,
    data: undefined,
    dataProblem: undefined,
    failure: undefined,
    probe: undefined,
    lab: undefined,
    progress: undefined,
    snapshot: undefined,
    wholeTest: undefined,
    curves: experiment.runs.map(() => []),
    highlight: -1,
    litClass: undefined,
    marginsInFocus: false,
  }));
}

/** The page's state after the worker said something. */
export function afterEvent(state: LabStore, event: Event): Partial<LabStore> {
  switch (event.type) {
    case 'backend':
      return { backend: { name: event.backend, reason: event.reason } };
    case 'data':
      return { data: event, dataProblem: undefined };
    case 'dataFailed':
      return { dataProblem: event.sentence };
    case 'probe':
      return { probe: event };
    case 'state':
      return afterState(state, event);
    case 'progress':
      return { progress: event, curves: withTerms(state, event) };
    case 'snapshot':
      return afterSnapshot(state, event);
    case 'failed':
      return { failure: event.sentence };
    case 'checkpoint':
      return {};
  }
}

/** A reset empties what was learnt. The experiment stays as the reader set it: the worker follows it. */
function afterState(state: LabStore, lab: LabState): Partial<LabStore> {
  const wentBack = lab.step === 0 && (state.progress?.step ?? 0) > 0;
  return wentBack
    ? { lab, progress: undefined, wholeTest: undefined, curves: state.curves.map(() => []) }
    : { lab };
}

function afterSnapshot(state: LabStore, snapshot: Snapshot): Partial<LabStore> {
  if (snapshot.set === 'test') return { wholeTest: snapshot };
  const curves = state.curves.map((points, index) => {
    const accuracy = snapshot.runs[index]?.measures.accuracy;
    return accuracy === undefined ? points : withPoint(points, { step: snapshot.step, values: { accuracy } });
  });
  return { snapshot, curves };
}

function withTerms(state: LabStore, { step, losses }: Progress): readonly (readonly CurvePoint[])[] {
  return state.curves.map((points, index) => {
    const terms: LossTerms | undefined = losses[index];
    return terms === undefined ? points : withPoint(points, { step, values: { ...terms } });
  });
}
