/** How the reader looks at the plots: what is lit, selected or in focus. */

import type { OwnSetHeader } from '../../../data/own-set.ts';
import { DEFAULT_DATA_SET, type OfferedSetId } from '../../../data/sets.ts';
import type { Scale } from '../../../plots/group.ts';
import type { Links } from '../../../plots/marks/links.ts';
import type { Plane } from '../../../plots/projection.ts';
import type { Experiment } from '../../../training/link/protocol.ts';
import type { DigitState } from './digit.ts';
import type { ExperimentState } from './experiment.ts';
import { areOthers, type HistoryState } from './history.ts';
import type { MeasuresState } from './measures.ts';
import { type Access, empty, type Happening, none, type StateOf, withoutEntry } from './slice.ts';
import type { TimelineState } from './timeline.ts';

export type ThemeChoice = 'auto' | 'light' | 'dark';

/** A file of the visitor's, and where it lay, with '/' between the parts. */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

/** The sample that is lit in all plots, and the run whose plot the reader points at. */
export interface Highlight {
  /** Its row in what is shown. */
  readonly sample: number;
  readonly run: number;
  /** What a pointer lights goes with it; what a tap or keys light stays until it is let go. */
  readonly by: 'pointer' | 'tap' | 'keys';
}

export const viewSlice = {
  visit: {
    theme: 'auto' as ThemeChoice,
    /** One plot's zoom is every plot's. */
    linksZoom: true,
    scale: 'fit' as Scale,
    showsRegions: true,
    showsForces: false,
    showsCircles: false,
    showsImages: false,
    showsUnitCircle: false,
    /** Where principal axes point on the plots of more than two dimensions; undefined for the two widest ones. */
    plane: none<Plane>(),
    /** The plane turns by itself; an axis is in the reader's hand. */
    isTouring: false,
    isHoldingAxis: false,
    /** Data sets that this host has. */
    dataSets: [DEFAULT_DATA_SET] as readonly OfferedSetId[],
    /** Those of the visitor's own images that this page knows: opened in this visit, or kept. */
    ownSets: empty<OwnSetHeader>(),
    /** The dialogue that opens images is open, with these files where some were dropped. */
    isOpeningImages: false,
    imageFiles: none<readonly PickedFile[]>(),
    /** The dialogue of what can be taken away is open. */
    isExporting: false,
    /** Samples that stay marked in all plots, by their indices in the test set, the first one first. */
    pins: empty<number>(),
  },
  fresh: ({ runs }: Experiment) => ({
    /** Samples that were chosen in a plot, by their indices in the test set. */
    selected: none<readonly number[]>(),
    /** True while a drag in a plot selects in place of panning: for fingers, which have no Shift. */
    isSelecting: false,
    /** Which of the pinned samples the card shows; else the newest. */
    pinInCard: none<number>(),
    /** A name for each panel that stays while its title and its position change. */
    panels: runs.map((_, index) => index) as readonly number[],
    selectedRun: 0,
    highlight: none<Highlight>(),
    /** The class under the pointer or in focus. */
    litClass: none<number>(),
    /** The class that stays lit. */
    pinnedClass: none<number>(),
    /** Pairs of samples that are joined by lines in all plots, by their rows; else those that a threshold decides wrongly. */
    pairs: none<readonly Links[]>(),
    /** True while a margin slider has the focus, so that its circles show. */
    marginsInFocus: false,
  }),
};

export type ViewState = StateOf<typeof viewSlice>;

export function viewAfter(
  state: ViewState & ExperimentState & HistoryState & TimelineState,
  happening: Happening,
): Partial<ViewState> {
  const { panels, selectedRun, showsRecording, experiment } = state;
  switch (happening.type) {
    case 'probe':
      return areOthers(state, happening) ? { highlight: undefined } : {};
    case 'progress':
      // A row means another sample in the recording.
      return showsRecording ? { highlight: undefined } : {};
    case 'addRun':
      return { panels: [...panels, 1 + Math.max(...panels)], selectedRun: experiment.runs.length };
    case 'removeRun':
      return {
        panels: withoutEntry(panels, happening.run),
        selectedRun: Math.max(0, selectedRun >= happening.run ? selectedRun - 1 : selectedRun),
      };
    default:
      return {};
  }
}

export interface ViewCommands {
  setTheme(theme: ThemeChoice): void;
  /** Pins a class, or lets go of it where it is pinned already. */
  pinClass(label: number): void;
  /** Pins a sample by its index in the test set, alone or beside those that are pinned; lets go of one that is. */
  pinSample(index: number, isFurther?: boolean): void;
  /** Chooses samples by their indices in the test set, beside those that are chosen already where it is said. */
  select(indices: readonly number[], isFurther?: boolean): void;
  /** Lights a sample by its row in what is shown; a row of −1 lets go of it. */
  light(run: number, sample: number, by: Highlight['by']): void;
  /** Lets go of all that is lit, pinned or chosen. */
  letGo(): void;
}

/** What is lit, pinned or chosen by nothing. */
const NOTHING_LIT = {
  highlight: undefined,
  litClass: undefined,
  pinnedClass: undefined,
  pins: [],
  pinInCard: undefined,
  selected: undefined,
  pairs: undefined,
  isSelecting: false,
  isDrawing: false,
  drawings: [],
  placedDrawings: undefined,
  confused: undefined,
  showsWrongPairs: false,
} satisfies Partial<ViewState & MeasuresState & DigitState>;

/** True where `letGo` has something to let go of. */
export function isAnythingLit(state: ViewState & MeasuresState & DigitState): boolean {
  const { highlight, litClass, pinnedClass, confused, showsWrongPairs, pins, selected, isSelecting } = state;
  const isOneLit = [highlight, litClass, pinnedClass, confused, selected].some((lit) => lit !== undefined);
  return isOneLit || showsWrongPairs || isSelecting || state.isDrawing || pins.length > 0;
}

/** At most so many samples are pinned: the oldest goes. */
export const MOST_PINS = 6;

function afterPinning(pins: readonly number[], index: number, isFurther: boolean): readonly number[] {
  if (pins.includes(index))
    return isFurther ? pins.filter((each) => each !== index) : pins.length === 1 ? [] : [index];
  return isFurther ? [...pins, index].slice(-MOST_PINS) : [index];
}

export function createViewCommands(store: Access<ViewState & MeasuresState & DigitState>): ViewCommands {
  return {
    light: (run, sample, by) => store.setState({ highlight: sample < 0 ? undefined : { sample, run, by } }),
    letGo: () => store.setState(NOTHING_LIT),
    setTheme: (theme) => store.setState({ theme }),
    pinSample: (index, isFurther = false) =>
      store.setState(({ pins }) => ({ pins: afterPinning(pins, index, isFurther), pinInCard: undefined })),
    select: (indices, isFurther = false) =>
      store.setState(({ selected = [] }) => {
        const all = isFurther ? [...new Set([...selected, ...indices])] : indices;
        // A choice takes the place of the other one: a plot shows one of them.
        return { selected: all.length === 0 ? undefined : all, confused: undefined };
      }),
    pinClass: (label) =>
      store.setState(({ pinnedClass }) => ({ pinnedClass: pinnedClass === label ? undefined : label })),
  };
}
