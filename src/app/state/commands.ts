/** All that the reader can do, put together outside React: the store, the connection, the URL. Made once, at start-up. */

import type { OwnSetHeader } from '../../data/own-set.ts';
import { PlotGroup } from '../../plots/group.ts';
import type { AnswerTo, Request } from '../../training/link/protocol.ts';
import { createSessionCommands, type SessionCommands } from '../sessions/session-commands.ts';
import { Connection, type ConnectionOptions } from './slices/connection.ts';
import { createDigitCommands, type DigitCommands } from './slices/digit.ts';
import { isSettled } from './slices/experiment.ts';
import { createForcesCommands, type ForcesCommands } from './slices/forces.ts';
import { createGuideCommands, type GuideCommands } from './slices/guide.ts';
import { createImagesCommands, type ImagesCommands, type ImagesOptions } from './slices/images.ts';
import { createLiveCommands, type LiveCommands } from './slices/live.ts';
import { createNoticesCommands, type NoticesCommands } from './slices/notices.ts';
import { createTrainingCommands, type TrainingCommands } from './slices/training.ts';
import { createViewCommands, type ViewCommands } from './slices/view.ts';
import { createPageStore, type OwnState, type PageState, type Store } from './store.ts';
import { createTimeControls, type TimeControls } from './time.ts';
import { createUndo, type UndoCommands } from './undo.ts';
import { fitsLink, formatHash, parseHash } from './url.ts';

export interface Commands
  extends TrainingCommands,
    LiveCommands,
    TimeControls,
    ViewCommands,
    ImagesCommands,
    ForcesCommands,
    DigitCommands,
    GuideCommands,
    NoticesCommands,
    SessionCommands,
    UndoCommands {
  readonly store: Store;
  /** The scatter plots on the page. */
  readonly plots: PlotGroup;
  /** Sets what the page alone decides: what is lit, selected or in focus, and where it stands in time. */
  show(change: Partial<OwnState>): void;
  /** Asks the training worker what changes nothing. @throws Error with a sentence where it can't be told */
  request<R extends Request>(request: R): Promise<AnswerTo<R>>;
  /** A link that opens this experiment; `shortfall` says in a sentence what it lacks. */
  link(): { readonly href: string; readonly shortfall: string | undefined };
  /** False until the worker has said at which step the newest change acts. */
  isSettled(): boolean;
  /** Waits for that, up to some seconds. */
  settled(): Promise<void>;
}

export interface Surroundings extends ConnectionOptions, ImagesOptions {
  readonly hash: string;
  /** Sets of the visitor's own images that this browser keeps. */
  readonly ownSets?: readonly OwnSetHeader[];
  /** The reader prefers pictures that do not move by themselves. */
  readonly prefersStill: boolean;
  /** Called with the new hash whenever the experiment changes. */
  readonly onHash: (hash: string) => void;
}

export function createCommands(surroundings: Surroundings): Commands {
  const { hash, prefersStill, onHash, ownSets = [] } = surroundings;
  const { experiment, pins = [], guide, problems } = parseHash(hash, ownSets);
  const store = createPageStore(experiment, problems, pins, guide);
  store.setState({ ownSets });
  const connection = new Connection(store, surroundings);
  const { end, ...undo } = createUndo(store, connection);
  const plots = new PlotGroup();
  store.subscribe(({ linksZoom, scale, experiment, pins, guide }, before) => {
    plots.linksZoom = linksZoom;
    plots.scale = scale;
    const isNew = experiment !== before.experiment || pins !== before.pins || guide !== before.guide;
    if (isNew) onHash(formatHash(experiment, guide === undefined ? pins : [], guide));
  });
  return {
    ...createTrainingCommands(store, connection, end),
    ...createLiveCommands(store, connection, end),
    ...createTimeControls(store, { prefersStill }),
    ...createViewCommands(store),
    ...createImagesCommands(store, surroundings),
    ...createForcesCommands(store),
    ...createDigitCommands(store),
    ...createGuideCommands(store),
    ...createNoticesCommands(store),
    ...createSessionCommands(store, connection, end),
    ...undo,
    store,
    plots,
    request: (request) => connection.request(request),
    show: (part) => store.setState(part),
    link: () => linkOf(store.getState()),
    isSettled: () => isSettled(store.getState()),
    settled: () => whenSettled(store),
  };
}

/** A worker in a long step answers after it. */
const LONGEST_WAIT_MS = 5000;

function linkOf(state: PageState): ReturnType<Commands['link']> {
  const { experiment, pins } = state;
  const href = new URL(formatHash(experiment, pins), location.href).href;
  if (!fitsLink(experiment)) return { href, shortfall: TOO_LONG };
  return { href, shortfall: isSettled(state) ? undefined : UNSETTLED };
}

const TOO_LONG =
  'More was changed while training than a link holds: this one begins with the present settings. Save session keeps all of it.';
const UNSETTLED =
  'The training worker has not said yet at which step the last change acts: the link may name another step.';

function whenSettled(store: Store): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const look = (state: PageState) => {
      if (isSettled(state) || state.failure !== undefined) end();
    };
    const timer = setTimeout(end, LONGEST_WAIT_MS);
    const unsubscribe = store.subscribe(look);
    look(store.getState());
  });
}
