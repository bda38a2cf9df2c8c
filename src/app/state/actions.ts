/** What the reader can do: name, shortcut, when it applies. Buttons, shortcuts and their list share this. */

import { classCount } from '../../data/set.ts';
import type { Commands } from './commands.ts';
import { dataSetShown, framesShown, isLive, stepsShown } from './selectors.ts';
import { isAnythingLit } from './slices/view.ts';
import type { PageState } from './store.ts';

export interface Action {
  readonly name: string;
  readonly help: string;
  /** As `shortcutOf` names it, and how it is written. */
  readonly shortcut?: { readonly key: string; readonly text: string };
  /** True where the key, held down, does it again and again. */
  readonly repeats?: boolean;
  readonly isPrimary?: boolean;
  readonly applies: (state: PageState) => boolean;
  readonly perform: (commands: Commands) => void;
}

const isTraining = ({ lab }: PageState) => lab?.activity === 'training';
const works = ({ failure }: PageState) => failure === undefined;
const hasPast = (state: PageState) => framesShown(state).length > 1;

/** The toolbar's. Space is both Train and Pause. */
export const ACTIONS: readonly Action[] = [
  {
    name: 'Train',
    help: 'Trains until you pause.',
    shortcut: { key: ' ', text: 'Space' },
    isPrimary: true,
    applies: (state) => works(state) && !isTraining(state),
    perform: (commands) => commands.train(),
  },
  {
    name: 'Pause',
    help: 'Holds training; Train goes on from here.',
    shortcut: { key: ' ', text: 'Space' },
    applies: (state) => works(state) && isTraining(state),
    perform: (commands) => commands.pause(),
  },
  {
    name: 'Step',
    help: 'Trains a single step.',
    shortcut: { key: 's', text: 'S' },
    applies: (state) => works(state) && !isTraining(state),
    perform: (commands) => commands.step(),
  },
  {
    name: 'Reset',
    help: 'Back to step 0 and the same initial weights.',
    applies: works,
    perform: (commands) => commands.reset(),
  },
];

/** A key each for the first classes. */
export const CLASS_KEYS: readonly string[] = [...'0123456789'];

/** The guide's, while it is open. */
const GUIDE_ACTIONS: readonly Action[] = [
  {
    name: 'Next chapter',
    help: 'The guide goes on; after its last chapter it closes.',
    shortcut: { key: 'n', text: 'N' },
    applies: ({ guide }) => guide !== undefined,
    perform: (commands) => commands.turnTo((commands.store.getState().guide ?? 0) + 1),
  },
  {
    name: 'Chapter before',
    help: 'The guide goes back.',
    shortcut: { key: 'b', text: 'B' },
    applies: ({ guide }) => guide !== undefined,
    perform: (commands) => commands.turnTo((commands.store.getState().guide ?? 2) - 1),
  },
  {
    name: 'Leave the guide',
    help: 'The page looks as it did before.',
    shortcut: { key: 'Escape', text: 'Esc' },
    applies: ({ guide }) => guide !== undefined,
    perform: (commands) => commands.leaveGuide(),
  },
];

/** What only keys do, or keys beside a control elsewhere. */
export const KEY_ACTIONS: readonly Action[] = [
  ...GUIDE_ACTIONS,
  {
    name: 'A frame back',
    help: 'The timeline goes to the frame before.',
    shortcut: { key: 'ArrowLeft', text: '←' },
    repeats: true,
    applies: hasPast,
    perform: (commands) => commands.goBy(-1),
  },
  {
    name: 'A frame forward',
    help: 'The timeline goes to the frame after.',
    shortcut: { key: 'ArrowRight', text: '→' },
    repeats: true,
    applies: hasPast,
    perform: (commands) => commands.goBy(1),
  },
  {
    name: 'First frame',
    help: 'The timeline goes to its beginning.',
    shortcut: { key: 'Home', text: 'Home' },
    applies: hasPast,
    perform: (commands) => commands.goTo(stepsShown(commands.store.getState())[0]),
  },
  {
    name: 'Live',
    help: 'Shows the runs as they are now.',
    shortcut: { key: 'l', text: 'L' },
    applies: (state) => !isLive(state),
    perform: (commands) => commands.goLive(),
  },
  {
    name: 'Play or stop',
    help: 'Plays the timeline, or stops it.',
    shortcut: { key: 'p', text: 'P' },
    applies: hasPast,
    perform: (commands) => commands.setPlaying(!commands.store.getState().isPlaying),
  },
  ...CLASS_KEYS.map(
    (key, label): Action => ({
      name: `Light class ${key}`,
      help: 'Lights a class in all panels; again, and all are shown.',
      shortcut: { key, text: key },
      applies: (state) => label < classCount(dataSetShown(state)),
      perform: (commands) => commands.pinClass(label),
    }),
  ),
  {
    name: 'Undo',
    help: 'Brings back the training that was just ended.',
    shortcut: { key: 'u', text: 'U' },
    applies: ({ ended }) => ended.length > 0,
    perform: (commands) => commands.undo(),
  },
  {
    name: 'Let go',
    help: 'Nothing is lit, pinned, chosen or joined any more.',
    shortcut: { key: 'Escape', text: 'Esc' },
    applies: isAnythingLit,
    perform: (commands) => commands.letGo(),
  },
];

/** The action of a key in this state, or undefined. */
export function actionOfKey(key: string, state: PageState): Action | undefined {
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  return [...ACTIONS, ...KEY_ACTIONS].find(
    ({ shortcut, applies }) => shortcut?.key === wanted && applies(state),
  );
}
