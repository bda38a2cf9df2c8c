/** Which forces a plot shows: on its pinned samples, and over the plane for a class that is lit. */

import type { Objective } from '../../losses/objective.ts';
import type { Scatter } from '../../plots/scatter.ts';
import type { Moment } from '../../timeline/timeline.ts';
import type { ForcesRequest } from '../../training/link/protocol.ts';
import type { Commands } from '../state/commands.ts';
import {
  dataSetShown,
  dimShown,
  heldOutShown,
  litClassShown,
  objectiveActing,
  objectiveShown,
  rowsShown,
  samplesShown,
} from '../state/selectors.ts';

export const DIM = 2;
/** Places a side of the grid. */
const GRID = 14;
/** Samples beside which pair losses are evaluated: with the one that is asked for, a batch. */
const OTHERS = 127;

export interface Wanted {
  readonly objective: Objective;
  readonly classNames: readonly string[];
  /** Of the pinned samples that are shown. */
  readonly rows: readonly number[];
  /** Of all samples shown, [count]. */
  readonly labels: Uint8Array;
  /** The lit class, and a grid over what is in sight. */
  readonly label: number | undefined;
  readonly grid: Grid | undefined;
  readonly onPins: ForcesRequest | undefined;
  readonly onGrid: ForcesRequest | undefined;
}

interface Grid {
  /** [count × 2]. */
  readonly places: Float32Array;
  /** Between two of them, in feature units. */
  readonly spacing: number;
}

/** What is to be asked, undefined for nothing, and the inputs that this depends on. */
export function wantedForces(
  commands: Commands,
  run: number,
  plot: Scatter,
): { readonly inputs: readonly unknown[]; readonly wanted: Wanted | undefined } {
  const state = commands.store.getState();
  // A projection shows no plane that features could be pushed in.
  if (!state.showsForces || dimShown(state) > DIM) return { inputs: [false], wanted: undefined };
  const moment = commands.moment(run);
  const samples = samplesShown(state);
  const objective = objectiveShown(state, run);
  const rows = rowsShown(state, state.pins).filter((row) => row >= 0);
  // Of directions alone there is no plane to ask over.
  const label = state.showsUnitCircle ? undefined : litClassShown(state);
  const isKnown = moment !== undefined && samples !== undefined && objective !== undefined;
  const isNothing = rows.length === 0 && label === undefined;
  if (!isKnown || isNothing || moment.predictions.length !== samples.labels.length)
    return { inputs: [false], wanted: undefined };
  const { area } = plot;
  const inSight = label === undefined ? [] : Object.values(area).map((value) => value.toPrecision(3));
  const heldOut = heldOutShown(state);
  const grid = label === undefined ? undefined : gridOver(area);
  const acting = objectiveActing(state, run) ?? objective;
  const common = {
    ...({
      kind: 'forces',
      objective: acting,
      centres: moment.centres,
      agents: moment.agents,
      heldOut,
    } as const),
    others: othersOf(moment, samples.labels),
  };
  const onPins: ForcesRequest = {
    ...common,
    places: Float32Array.from(rows.flatMap((row) => [...placeOf(moment, row)])),
    labels: Uint8Array.from(rows, (row) => samples.labels[row] as number),
    isDetailed: true,
  };
  const onGrid = grid && {
    ...common,
    places: grid.places,
    labels: new Uint8Array(grid.places.length / DIM).fill(label ?? 0),
    isDetailed: false,
  };
  return {
    inputs: [true, moment, objective, state.pins, samples, label, ...inSight],
    wanted: {
      ...{
        objective,
        rows,
        labels: samples.labels,
        label,
        grid,
        onGrid,
        classNames: dataSetShown(state).classNames,
      },
      onPins: rows.length === 0 ? undefined : onPins,
    },
  };
}

function placeOf({ features }: Moment, row: number): Float32Array {
  return features.subarray(row * DIM, (row + 1) * DIM);
}

/** Evenly spread over the samples shown, which are in balance. */
function othersOf(moment: Moment, labels: Uint8Array): ForcesRequest['others'] {
  const count = Math.min(OTHERS, labels.length);
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * labels.length) / count));
  return {
    features: Float32Array.from(rows.flatMap((row) => [...placeOf(moment, row)])),
    labels: Uint8Array.from(rows, (row) => labels[row] as number),
  };
}

function gridOver({ left, right, bottom, top }: Scatter['area']): Grid {
  const spacing = Math.max(right - left, top - bottom) / GRID;
  const columns = Math.floor((right - left) / spacing);
  const rows = Math.floor((top - bottom) / spacing);
  const places = new Float32Array(DIM * columns * rows);
  for (let i = 0; i < columns * rows; i++) {
    places[DIM * i] = left + ((i % columns) + 0.5) * spacing;
    places[DIM * i + 1] = bottom + (Math.floor(i / columns) + 0.5) * spacing;
  }
  return { places, spacing };
}
