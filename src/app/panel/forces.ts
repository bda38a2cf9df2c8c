/** Asks the worker which way a run's terms push, for what is pinned and lit in its plot; as often as answers come. */

import { termOf } from '../../losses/terms.ts';
import type { Arrow } from '../../plots/marks/forces.ts';
import type { Scatter } from '../../plots/scatter.ts';
import type { ForcesAnswer, TermForces } from '../../training/link/protocol.ts';
import type { Commands } from '../state/commands.ts';
import type { PinForces, RunForces } from '../state/slices/forces.ts';
import { DIM, type Wanted, wantedForces } from './forces-wanted.ts';

/** A refusal is tried again after so long, in ms: the worker may be there then. */
const AGAIN_MS = 1000;
/** Between an answer and the next question, in ms: the worker is there to train. */
const PAUSE_MS = 80;

export interface ForcesFollower {
  /** To be called when the plot shows another part of the plane. */
  readonly look: () => void;
  readonly end: () => void;
}

/** Keeps the forces of a run up to date while they are shown. */
export function followForces(
  commands: Commands,
  run: number,
  plotOf: () => Scatter | undefined,
): ForcesFollower {
  let isBusy = false;
  let isOver = false;
  let asked: readonly unknown[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = () => {
    const plot = plotOf();
    if (isOver || isBusy || plot === undefined) return;
    const { inputs, wanted } = wantedForces(commands, run, plot);
    if (inputs.length === asked.length && inputs.every((input, i) => input === asked[i])) return;
    asked = inputs;
    if (wanted === undefined) commands.setForces(run, undefined);
    else ask(wanted);
  };

  const ask = (wanted: Wanted) => {
    isBusy = true;
    const requests = [wanted.onPins, wanted.onGrid].map((request) => request && commands.request(request));
    Promise.all(requests).then(
      ([onPins, onGrid]) => {
        if (isOver) return;
        const pins = onPins === undefined ? [] : pinForces(wanted, onPins);
        commands.setForces(run, { pins, field: onGrid && fieldOf(wanted, onGrid) });
        timer = setTimeout(() => {
          isBusy = false;
          look();
        }, PAUSE_MS);
      },
      () => {
        // Nobody could tell: the worker starts, or is being replaced.
        isBusy = false;
        asked = [];
        if (!isOver) timer = setTimeout(look, AGAIN_MS);
      },
    );
  };

  const unsubscribe = commands.store.subscribe(look);
  look();
  return {
    look,
    end() {
      isOver = true;
      clearTimeout(timer);
      unsubscribe();
    },
  };
}

/** The arrows on each pinned sample that is shown. */
function pinForces(
  { rows, labels, objective, classNames }: Wanted,
  { terms }: ForcesAnswer,
): readonly PinForces[] {
  return rows.map((row, i) => {
    const nameOf = ({ slot }: TermForces, label?: number) => {
      const { word } = termOf(objective[slot].id);
      return label === undefined ? word : `${word} ${label === labels[row] ? '→' : '←'} ${classNames[label]}`;
    };
    const parts = terms.flatMap((term) => partsOf(term, i, nameOf));
    const along = (axis: 0 | 1) =>
      terms.reduce((sum, { forces }) => sum + (forces[DIM * i + axis] as number), 0);
    const sum = { name: 'sum', isSum: true, forceX: along(0), forceY: along(1) };
    return {
      row,
      forces: parts.length > 1 ? [...parts, sum] : parts,
      values: terms.flatMap(({ values }) => (values === undefined ? [] : [values[i] as number])),
    };
  });
}

/** One arrow a term, or one for each class that adds to it: 'margin ← 7' is the push from the centre of 7. */
function partsOf(
  term: TermForces,
  i: number,
  nameOf: (term: TermForces, label?: number) => string,
): PinForces['forces'] {
  const arrow = (of: Float32Array, name: string) => ({
    ...{ name, isSum: false, forceX: of[DIM * i] as number, forceY: of[DIM * i + 1] as number },
  });
  const felt = (term.byClass ?? [])
    .map((part, label) => arrow(part, nameOf(term, label)))
    .filter(({ forceX, forceY }) => forceX !== 0 || forceY !== 0);
  return felt.length > 1 ? felt : [arrow(term.forces, nameOf(term))];
}

function fieldOf({ grid, label }: Wanted, { terms }: ForcesAnswer): RunForces['field'] {
  if (grid === undefined || label === undefined) return undefined;
  const { places, spacing } = grid;
  const forces = places.map((_, i) => terms.reduce((sum, term) => sum + (term.forces[i] as number), 0));
  return { label, places, forces, spacing };
}

/** Arrows at the places where pinned samples are drawn now, [count × 2]. */
export function arrowsOf(forces: RunForces | undefined, points: Float32Array): readonly Arrow[] {
  if (forces === undefined) return [];
  return forces.pins.flatMap(({ row, forces: own }) =>
    own.map((force) => ({ ...force, x: points[2 * row] as number, y: points[2 * row + 1] as number })),
  );
}
