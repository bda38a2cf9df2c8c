/** All that the reader can do, put together outside React: the store, the connection, the URL. Made once, at start-up. */

import { PlotGroup } from '../../plots/group.ts';
import { createSessionCommands, type SessionCommands } from '../sessions/session-commands.ts';
import { Connection, type ConnectionOptions } from './slices/connection.ts';
import { createLiveCommands, type LiveCommands } from './slices/live.ts';
import { createNoticesCommands, type NoticesCommands } from './slices/notices.ts';
import { createTrainingCommands, type TrainingCommands } from './slices/training.ts';
import { createViewCommands, type ViewCommands } from './slices/view.ts';
import { createPageStore, type OwnState, type Store } from './store.ts';
import { createTimeControls, type TimeControls } from './time.ts';
import { createUndo, type UndoCommands } from './undo.ts';
import { formatHash, parseHash } from './url.ts';

export interface Commands
  extends TrainingCommands,
    LiveCommands,
    TimeControls,
    ViewCommands,
    NoticesCommands,
    SessionCommands,
    UndoCommands {
  readonly store: Store;
  /** The scatter plots on the page. */
  readonly plots: PlotGroup;
  /** Sets what the page alone decides: what is lit, selected or in focus, and where it stands in time. */
  show(change: Partial<OwnState>): void;
  /** A link that opens this experiment. */
  link(): string;
}

export interface Surroundings extends ConnectionOptions {
  readonly hash: string;
  /** The reader prefers pictures that do not move by themselves. */
  readonly prefersStill: boolean;
  /** Called with the new hash whenever the experiment changes. */
  readonly onHash: (hash: string) => void;
}

export function createCommands(surroundings: Surroundings): Commands {
  const { hash, prefersStill, onHash } = surroundings;
  const { experiment, problems } = parseHash(hash);
  const store = createPageStore(experiment, problems);
  const connection = new Connection(store, surroundings);
  const { end, ...undo } = createUndo(store, connection);
  const plots = new PlotGroup();
  store.subscribe(({ linksZoom, sharesScale, experiment }, before) => {
    plots.linksZoom = linksZoom;
    plots.sharesScale = sharesScale;
    if (experiment !== before.experiment) onHash(formatHash(experiment));
  });
  return {
    ...createTrainingCommands(store, connection, end),
    ...createLiveCommands(store, connection, end),
    ...createTimeControls(store, { prefersStill }),
    ...createViewCommands(store),
    ...createNoticesCommands(store),
    ...createSessionCommands(store, connection, end),
    ...undo,
    store,
    plots,
    show: (part) => store.setState(part),
    link: () => new URL(formatHash(store.getState().experiment), location.href).href,
  };
}
