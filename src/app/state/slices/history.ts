/** What the runs were at each step: pictures and numbers, and the test images that these are of. */

import { countsOf } from '../../../data/set.ts';
import { type CurvePoint, withPoint } from '../../../timeline/history.ts';
import { quantise } from '../../../timeline/quantise.ts';
import { type Frame, withFrame, withoutRun } from '../../../timeline/timeline.ts';
import {
  type Experiment,
  type LabState,
  type Progress,
  type SampleSet,
  type Snapshot,
  setOf,
} from '../../../training/link/protocol.ts';
import type { ExperimentState } from './experiment.ts';
import { empty, type Happening, none, type StateOf, withoutEntry } from './slice.ts';
import { restartIn, type WorkerState } from './worker.ts';

/** Which test images the features belong to. */
export interface Samples {
  /** [count]. */
  readonly labels: Uint8Array;
  /** Index of each sample in the test set, [count]. */
  readonly indices: Uint32Array;
}

/** The samples' images, [count × side²] bytes. */
export interface Probe extends Samples {
  readonly images: Uint8Array;
}

export const historySlice = {
  visit: {
    /** Which test images the reader wants to see. */
    sampleSet: 'balanced' as SampleSet,
  },
  fresh: (experiment: Experiment) => ({
    probe: none<Probe>(),
    /** Of the live frames. */
    samples: none<Samples>(),
    /** Of the probe set: what the plots show. */
    snapshot: none<Snapshot>(),
    /** The runs that were asked for have no picture yet: what is shown is of those before. */
    awaitsPicture: false,
    /** Of the whole test set: at the end of an epoch. */
    wholeTest: none<Snapshot>(),
    /** A series of points a run. */
    curves: experiment.runs.map(() => empty<CurvePoint>()) as readonly (readonly CurvePoint[])[],
    /** Live frames, oldest first. */
    frames: empty<Frame>(),
  }),
};

export type HistoryState = StateOf<typeof historySlice>;
type WithSamples = HistoryState & ExperimentState;
type Needed = WithSamples & WorkerState;

export function historyAfter(state: Needed, happening: Happening): Partial<HistoryState> {
  switch (happening.type) {
    case 'probe': {
      if (!isWanted(state, happening)) return {};
      const probe = { probe: happening, samples: happening };
      // One timeline holds frames of one set of samples.
      return areOthers(state, happening) ? { ...probe, snapshot: undefined, frames: [] } : probe;
    }
    case 'state':
      return afterState(state, happening);
    case 'progress':
      return { curves: withTerms(state, happening) };
    case 'snapshot':
      return afterSnapshot(state, happening);
    case 'addRun':
      return { curves: [...state.curves, []] };
    case 'removeRun':
      return afterRemoval(state, happening.run);
    default:
      return {};
  }
}

/** A session of all samples, opened before all of them are here again: its timeline waits for them. */
function isWanted({ samples, sampleSet, experiment }: WithSamples, probe: Samples): boolean {
  const all = countsOf(setOf(experiment), experiment.heldOut).test;
  const hasAll = samples?.labels.length === all;
  return !(sampleSet === 'all' && hasAll && probe.labels.length !== all);
}

/** True where these replace other samples, and with them all frames. */
export function areOthers(state: WithSamples, probe: Samples): boolean {
  const { samples } = state;
  return isWanted(state, probe) && samples !== undefined && samples.labels.length !== probe.labels.length;
}

/** Where runs begin again from an earlier step, what came later goes; after a reset, everything. */
function afterState(state: Needed, lab: LabState): Partial<HistoryState> {
  const restart = restartIn(state, lab);
  if (restart === undefined) return {};
  const stays = ({ step }: { readonly step: number }) => restart > 0 && step <= restart;
  const { curves, frames, snapshot, wholeTest } = state;
  return {
    curves: curves.map((points) => points.filter(stays)),
    frames: frames.filter(stays),
    // The newest frame that stays is shown; after a reset, the old picture until there is a new one.
    snapshot: restart > 0 && snapshot !== undefined && !stays(snapshot) ? undefined : snapshot,
    wholeTest: wholeTest !== undefined && stays(wholeTest) ? wholeTest : undefined,
  };
}

function withTerms(state: Needed, { step, losses }: Progress): HistoryState['curves'] {
  return withValues(state, step, (run) => {
    const terms = losses[run];
    return terms === undefined ? undefined : { ...terms };
  });
}

/** A snapshot of the probe set is a frame; one of the whole test set gives numbers only. */
function afterSnapshot(state: Needed, snapshot: Snapshot): Partial<HistoryState> {
  if (snapshot.set === 'test') return { wholeTest: snapshot };
  if (snapshot.labels.length !== state.samples?.labels.length) return {};
  const curves = withValues(state, snapshot.step, (run) => snapshot.runs[run]?.measures);
  return { snapshot, awaitsPicture: false, curves, frames: withFrame(state.frames, frameOf(snapshot)) };
}

function afterRemoval(
  { curves, frames, snapshot, wholeTest }: HistoryState,
  run: number,
): Partial<HistoryState> {
  const without = (whole: Snapshot | undefined) => whole && { ...whole, runs: withoutEntry(whole.runs, run) };
  return {
    curves: withoutEntry(curves, run),
    frames: withoutRun(frames, run),
    snapshot: without(snapshot),
    wholeTest: without(wholeTest),
  };
}

function frameOf({ step, runs }: Snapshot): Frame {
  return {
    step,
    runs: runs.map((run) => {
      if (run === undefined) return undefined;
      const { features, rule: _, ...rest } = run;
      return { ...rest, points: quantise(features) };
    }),
  };
}

/** The curves with values of each run at a step. */
function withValues(
  { experiment, curves }: Needed,
  step: number,
  valuesOf: (run: number) => Readonly<Record<string, number>> | undefined,
): HistoryState['curves'] {
  return experiment.runs.map((_, run) => {
    const points = curves[run] ?? [];
    const values = valuesOf(run);
    return values === undefined ? points : withPoint(points, { step, values });
  });
}
