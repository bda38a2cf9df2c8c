/** What the reader has drawn, and where the runs put it. Nothing of it leaves the browser, or this visit. */

import { type Access, empty, type Happening, type StateOf } from './slice.ts';

export interface Drawing {
  readonly id: number;
  /** In the form of the data set's images, [side²] bytes; undefined before the first stroke. */
  readonly image: Uint8Array | undefined;
}

/** Features of all drawings, [drawings × 2] a run. */
export interface PlacedDrawings {
  /** Of these drawings. */
  readonly drawings: readonly Drawing[];
  readonly runs: readonly Float32Array[];
  /** How the runs decided then. */
  readonly decisions: readonly import('../../digit/own-digit.ts').Decision[];
}

export const digitSlice = {
  visit: {
    /** The pad is open. */
    isDrawing: false,
    /** Those that were kept, then the one on the pad. */
    drawings: empty<Drawing>(),
    placedDrawings: undefined as PlacedDrawings | undefined,
  },
  fresh: () => ({}),
};

export type DigitState = StateOf<typeof digitSlice>;

/** Runs that came or went have other places. */
export function digitAfter({ type }: Happening): Partial<DigitState> {
  return type === 'addRun' || type === 'removeRun' ? { placedDrawings: undefined } : {};
}

/** At most so many are kept beside the one on the pad. */
const MOST_KEPT = 3;

export interface DigitCommands {
  openPad(): void;
  closePad(): void;
  /** The pad has this on it, in the form of an image; undefined for nothing. */
  draw(image: Uint8Array | undefined): void;
  /** The drawing stays, and the pad is empty. */
  keepDrawing(): void;
  removeDrawing(id: number): void;
}

export function createDigitCommands(store: Access<DigitState>): DigitCommands {
  let lastId = 0;
  const blank = (): Drawing => ({ id: ++lastId, image: undefined });
  return {
    openPad: () =>
      store.setState(({ drawings }) => ({
        isDrawing: true,
        drawings: drawings.length > 0 ? drawings : [blank()],
      })),
    closePad: () => store.setState({ isDrawing: false, drawings: [], placedDrawings: undefined }),
    draw: (image) =>
      store.setState(({ drawings }) => {
        const current = drawings.at(-1) ?? blank();
        return { drawings: [...drawings.slice(0, -1), { ...current, image }] };
      }),
    keepDrawing: () =>
      store.setState(({ drawings }) => ({ drawings: [...drawings.slice(-MOST_KEPT), blank()] })),
    removeDrawing: (id) =>
      store.setState(({ drawings }) => ({ drawings: drawings.filter((each) => each.id !== id) })),
  };
}

/** Those that there is something of. */
export function drawnOf(drawings: readonly Drawing[]): readonly Drawing[] {
  return drawings.filter(({ image }) => image !== undefined);
}
