/**
 * All that the page knows, outside React: the experiment as the reader set it, and what the worker
 * last said. Derived values are computed where they are shown.
 */

import { createStore } from 'zustand/vanilla';
import type { Evaluation } from '../measures/evaluation.ts';
import type { Metric } from '../measures/pairs.ts';
import { type CurvePoint, withPoint } from '../timeline/history.ts';
import { quantise } from '../timeline/quantise.ts';
import type { Recording } from '../timeline/recording.ts';
import { type Frame, withFrame } from '../timeline/timeline.ts';
import type {
  Checkpoint,
  Event,
  Experiment,
  LabState,
  LossTerms,
  Progress,
  SampleSet,
  Snapshot,
} from '../training/protocol.ts';

/** In the test set. */
export const ALL_SAMPLES = 10_000;

/** A session that stays in this browser. */
export interface KeptSession {
  /** Of the page that keeps it. */
  readonly id: string;
  readonly step: number;
  readonly titles: readonly string[];
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

const MOST_NOTICES = 4;

export type ThemeChoice = 'auto' | 'light' | 'dark';

/** Which test images the features belong to. */
export interface Samples {
  /** [count]. */
  readonly labels: Uint8Array;
  /** Index of each sample in the test set, [count]. */
  readonly indices: Uint32Array;
}

/** The samples' images, [count × 784] bytes. */
export interface Probe extends Samples {
  readonly images: Uint8Array;
}

/** The sample that is lit in all plots, and the run whose plot the reader points at. */
export interface Highlight {
  /** Its row in what is shown. */
  readonly sample: number;
  readonly run: number;
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
  /** A session of an earlier visit that can be gone on with. */
  readonly offer: KeptSession | undefined;
  readonly probe: Probe | undefined;
  readonly lab: LabState | undefined;
  readonly progress: Progress | undefined;
  /** The newest state that the worker handed over of its own accord. */
  readonly checkpoint: Checkpoint | undefined;
  /** Of the probe set: what the plots show. */
  readonly snapshot: Snapshot | undefined;
  /** Of all 10,000 test images: at the end of an epoch. */
  readonly wholeTest: Snapshot | undefined;
  /** A series of points a run. */
  readonly curves: readonly (readonly CurvePoint[])[];
  /** Of the live frames. */
  readonly samples: Samples | undefined;
  /** Which test images the reader wants to see. */
  readonly sampleSet: SampleSet;
  /** Live frames, oldest first. */
  readonly frames: readonly Frame[];
  /** The recorded run that ships with the page, once it is read. */
  readonly recording: Recording | undefined;
  /** True while the plots show the recording instead of the live runs. */
  readonly showsRecording: boolean;
  /** The step that the timeline stands at; undefined for the newest. */
  readonly at: number | undefined;
  readonly isPlaying: boolean;
  /** Playback speed: at 1 the whole timeline takes eight seconds. */
  readonly speed: number;
  /** One plot's zoom is every plot's. */
  readonly linksZoom: boolean;
  /** A feature unit is equally long in all plots. */
  readonly sharesScale: boolean;
  readonly highlight: Highlight | undefined;
  /** The class under the pointer or in focus. */
  readonly litClass: number | undefined;
  /** The class that stays lit. */
  readonly pinnedClass: number | undefined;
  /** True while a margin slider has the focus, so that its circles show. */
  readonly marginsInFocus: boolean;
  /** True while the measures are on the screen: only then are they computed. */
  readonly watchesMeasures: boolean;
  /** By the run's position, of what was shown a moment ago. */
  readonly evaluations: readonly (Evaluation | undefined)[];
  /** How pairs are compared. */
  readonly metric: Metric;
  /** The distance up to which a pair is accepted; undefined for that of the equal error. */
  readonly threshold: number | undefined;
  /** True while the reader moves the threshold: pairs that it decides wrongly are joined in the plots. */
  readonly showsWrongPairs: boolean;
  /** A cell of the confusion matrix: its samples stand out. */
  readonly confused: { readonly label: number; readonly predicted: number } | undefined;
}

export type Store = ReturnType<typeof createLabStore>;

export function createLabStore(experiment: Experiment, notices: readonly string[] = []) {
  return createStore<LabStore>(() => ({
    ...freshState(experiment),
    theme: 'auto',
    notices,
    recording: undefined,
    sampleSet: 'balanced',
    watchesMeasures: false,
    metric: 'euclidean',
    speed: 1,
    linksZoom: true,
    sharesScale: false,
  }));
}

/** What an experiment begins with; the reader's own choices for the page are left as they are. */
export function freshState(experiment: Experiment) {
  return {
    experiment,
    selectedRun: 0,
    backend: undefined,
    data: undefined,
    dataProblem: undefined,
    failure: undefined,
    offer: undefined,
    probe: undefined,
    lab: undefined,
    progress: undefined,
    checkpoint: undefined,
    snapshot: undefined,
    wholeTest: undefined,
    curves: experiment.runs.map(() => []),
    samples: undefined,
    frames: [],
    showsRecording: false,
    at: undefined,
    isPlaying: false,
    highlight: undefined,
    litClass: undefined,
    pinnedClass: undefined,
    marginsInFocus: false,
    evaluations: [],
    threshold: undefined,
    showsWrongPairs: false,
    confused: undefined,
  };
}

/** The newest few, each once. */
export function withNotice({ notices }: LabStore, sentence: string): Pick<LabStore, 'notices'> {
  return { notices: [...notices.filter((other) => other !== sentence), sentence].slice(-MOST_NOTICES) };
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
      return afterProbe(state, event);
    case 'state':
      return afterState(state, event);
    case 'progress':
      return afterProgress(state, event);
    case 'snapshot':
      return afterSnapshot(state, event);
    case 'failed':
      return { failure: event.sentence };
    case 'notice':
      return withNotice(state, event.sentence);
    case 'checkpoint':
      return event.wasAsked ? {} : { checkpoint: event.checkpoint };
    case 'pong':
      return {};
  }
}

/** Frames of other samples can't stand on one timeline with these. */
function afterProbe(state: LabStore, probe: Probe): Partial<LabStore> {
  const hasAll = state.samples?.labels.length === ALL_SAMPLES;
  // A session of all samples, opened before all of them are here again: its timeline waits for them.
  if (state.sampleSet === 'all' && hasAll && probe.labels.length !== ALL_SAMPLES) return {};
  const isSame = state.samples === undefined || state.samples.labels.length === probe.labels.length;
  if (isSame) return { probe, samples: probe };
  return { probe, samples: probe, snapshot: undefined, frames: [], at: undefined, highlight: undefined };
}

/**
 * A reset empties what was learnt; a worker that took over from a lost one, and runs that went back, begin again
 * from an earlier step. The experiment stays as the reader set it: the worker follows it.
 */
function afterState(state: LabStore, lab: LabState): Partial<LabStore> {
  const { progress } = state;
  if (progress === undefined || lab.step > progress.step) return { lab };
  const epoch = lab.epoch ?? (progress.epoch / Math.max(1, progress.step)) * lab.step;
  if (lab.step === progress.step) return { lab, progress: { ...progress, epoch } };
  if (lab.step === 0) {
    const curves = state.curves.map(() => []);
    return { lab, progress: undefined, wholeTest: undefined, curves, frames: [], at: undefined };
  }
  const isEarlier = ({ step }: { readonly step: number }) => step <= lab.step;
  return {
    lab,
    progress: { ...progress, step: lab.step, epoch },
    curves: state.curves.map((points) => points.filter(isEarlier)),
    frames: state.frames.filter(isEarlier),
    wholeTest: state.wholeTest !== undefined && isEarlier(state.wholeTest) ? state.wholeTest : undefined,
    at: state.at === undefined || state.at <= lab.step ? state.at : undefined,
  };
}

function afterProgress(state: LabStore, progress: Progress): Partial<LabStore> {
  // Said before the worker heard that a run came or went.
  if (progress.losses.length !== state.experiment.runs.length) return {};
  const curves = withValues(state, progress.step, (run) => {
    const terms: LossTerms | undefined = progress.losses[run];
    return terms === undefined ? undefined : { ...terms };
  });
  // The first live step ends the recording.
  if (!state.showsRecording) return { progress, curves };
  return { progress, curves, showsRecording: false, at: undefined, isPlaying: false, highlight: undefined };
}

/** A snapshot of the probe set is a frame; one of the whole test set gives numbers only. */
function afterSnapshot(state: LabStore, snapshot: Snapshot): Partial<LabStore> {
  if (snapshot.runs.length !== state.experiment.runs.length) return {};
  if (snapshot.set === 'test') return { wholeTest: snapshot };
  if (snapshot.labels.length !== state.samples?.labels.length) return {};
  const curves = withValues(state, snapshot.step, (run) => snapshot.runs[run]?.measures);
  return { snapshot, curves, frames: withFrame(state.frames, frameOf(snapshot)) };
}

function frameOf({ step, runs }: Snapshot): Frame {
  return {
    step,
    runs: runs.map((run) => {
      if (run === undefined) return undefined;
      const { features, centres, means, predictions, measures } = run;
      return { points: quantise(features), centres, means, predictions, measures };
    }),
  };
}

/** The curves with values of each run at a step. */
function withValues(
  { experiment, curves }: LabStore,
  step: number,
  valuesOf: (run: number) => Readonly<Record<string, number>> | undefined,
): readonly (readonly CurvePoint[])[] {
  return experiment.runs.map((_, run) => {
    const points = curves[run] ?? [];
    const values = valuesOf(run);
    return values === undefined ? points : withPoint(points, { step, values });
  });
}
