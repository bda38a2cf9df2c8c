/** What the reader can do with a button: name, shortcut, when it applies. Buttons and shortcuts share this list. */

import type { LabControls } from './lab.ts';
import type { LabStore } from './store.ts';

export interface Action {
  readonly name: string;
  readonly help: string;
  readonly isPrimary?: boolean;
  readonly applies: (state: LabStore) => boolean;
  readonly perform: (lab: LabControls) => void;
}

const isTraining = ({ lab }: LabStore) => lab?.activity === 'training';
const works = ({ failure }: LabStore) => failure === undefined;

export const ACTIONS: readonly Action[] = [
  {
    name: 'Train',
    help: 'Trains until you pause.',
    isPrimary: true,
    applies: (state) => works(state) && !isTraining(state),
    perform: (lab) => lab.train(),
  },
  {
    name: 'Pause',
    help: 'Holds training; Train goes on from here.',
    applies: (state) => works(state) && isTraining(state),
    perform: (lab) => lab.pause(),
  },
  {
    name: 'Step',
    help: 'Trains a single step.',
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
