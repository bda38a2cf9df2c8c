/** What the reader can do: name, shortcut, when it applies. Buttons, shortcuts and their list share this. */

import { classCount } from '../data/set.ts';
import type { LabControls } from './lab.ts';
import { dataSetShown, framesShown, isLive, stepsShown } from './shown.ts';
import type { LabStore } from './store.ts';

export interface Action {
  readonly name: string;
  readonly help: string;
  /** `KeyboardEvent.key`, and how it is written. */
  readonly shortcut?: { readonly key: string; readonly text: string };
  readonly isPrimary?: boolean;
  readonly applies: (state: LabStore) => boolean;
  readonly perform: (lab: LabControls) => void;
}

const isTraining = ({ lab }: LabStore) => lab?.activity === 'training';
const works = ({ failure }: LabStore) => failure === undefined;
const hasPast = (state: LabStore) => framesShown(state).length > 1;

/** The toolbar's. Space is both Train and Pause. */
export const ACTIONS: readonly Action[] = [
  {
    name: 'Train',
    help: 'Trains until you pause.',
    shortcut: { key: ' ', text: 'Space' },
    isPrimary: true,
    applies: (state) => works(state) && !isTraining(state),
    perform: (lab) => lab.train(),
  },
  {
    name: 'Pause',
    help: 'Holds training; Train goes on from here.',
    shortcut: { key: ' ', text: 'Space' },
    applies: (state) => works(state) && isTraining(state),
    perform: (lab) => lab.pause(),
  },
  {
    name: 'Step',
    help: 'Trains a single step.',
    shortcut: { key: 's', text: 'S' },
    applies: (state) => works(state) && !isTraining(state),
    perform: (lab) => lab.step(),
  },
  {
    name: 'Reset',
    help: 'Back to step 0 and the same initial weights.',
    applies: works,
    perform: (lab) => lab.reset(),
  },
];

/** A key each for the first classes. */
export const CLASS_KEYS: readonly string[] = [...'0123456789'];

/** What only keys do, or keys beside a control elsewhere. */
export const KEY_ACTIONS: readonly Action[] = [
  {
    name: 'A frame back',
    help: 'The timeline goes to the frame before.',
    shortcut: { key: 'ArrowLeft', text: '←' },
    applies: hasPast,
    perform: (lab) => lab.goBy(-1),
  },
  {
    name: 'A frame forward',
    help: 'The timeline goes to the frame after.',
    shortcut: { key: 'ArrowRight', text: '→' },
    applies: hasPast,
    perform: (lab) => lab.goBy(1),
  },
  {
    name: 'First frame',
    help: 'The timeline goes to its beginning.',
    shortcut: { key: 'Home', text: 'Home' },
    applies: hasPast,
    perform: (lab) => lab.goTo(stepsShown(lab.store.getState())[0]),
  },
  {
    name: 'Live',
    help: 'Shows the runs as they are now.',
    shortcut: { key: 'l', text: 'L' },
    applies: (state) => !isLive(state),
    perform: (lab) => lab.goLive(),
  },
  {
    name: 'Play or stop',
    help: 'Plays the timeline, or stops it.',
    shortcut: { key: 'p', text: 'P' },
    applies: hasPast,
    perform: (lab) => lab.setPlaying(!lab.store.getState().isPlaying),
  },
  ...CLASS_KEYS.map(
    (key, label): Action => ({
      name: `Light class ${key}`,
      help: 'Lights a class in all panels; again, and all are shown.',
      shortcut: { key, text: key },
      applies: (state) => label < classCount(dataSetShown(state)),
      perform: (lab) => lab.pinClass(label),
    }),
  ),
  {
    name: 'Let go',
    help: 'No class and no sample is lit, no pairs are joined.',
    shortcut: { key: 'Escape', text: 'Esc' },
    applies: ({ pinnedClass, highlight, showsWrongPairs }) =>
      pinnedClass !== undefined || highlight !== undefined || showsWrongPairs,
    perform: (lab) => lab.show({ pinnedClass: undefined, highlight: undefined, showsWrongPairs: false }),
  },
];

/** The action of a key in this state, or undefined. */
export function actionOfKey(key: string, state: LabStore): Action | undefined {
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  return [...ACTIONS, ...KEY_ACTIONS].find(
    ({ shortcut, applies }) => shortcut?.key === wanted && applies(state),
  );
}
