/** Wires the page's parts outside React: the store, the client, the URL. Made once, at start-up. */

import type { Objective } from '../losses/objective.ts';
import type { LabClient } from '../training/client.ts';
import type { Experiment } from '../training/protocol.ts';
import { afterEvent, createLabStore, type LabStore, type Store, type ThemeChoice } from './store.ts';
import { formatHash, parseHash } from './url.ts';

/** The part of a client that the page needs. */
export type Client = Pick<LabClient, 'send' | 'subscribe' | 'dispose'>;

/** Everything that the reader can do. */
export interface LabControls {
  readonly store: Store;
  /** Starts the worker and the download; once, after the first paint. */
  start(): void;
  train(): void;
  pause(): void;
  step(): void;
  reset(): void;
  setObjective(run: number, objective: Objective): void;
  setLearningRate(learningRate: number): void;
  setWarmUp(warmUpSteps: number): void;
  /** Seed, network, backend: they take a run from the start. */
  restartWith(change: Partial<Pick<Experiment, 'seed' | 'network' | 'backend'>>): void;
  retryData(): void;
  setTheme(theme: ThemeChoice): void;
  /** Transient state of the page: what is lit, selected or in focus. */
  show(change: Partial<Pick<LabStore, 'highlight' | 'litClass' | 'selectedRun' | 'marginsInFocus'>>): void;
  dismissNotices(): void;
}

export interface LabSurroundings {
  readonly hash: string;
  readonly dataUrl: string;
  readonly saveData: boolean;
  /** Called with the new hash whenever the experiment changes. */
  readonly onHash: (hash: string) => void;
  readonly createClient: () => Client;
}

export function createLab({ hash, dataUrl, saveData, onHash, createClient }: LabSurroundings): LabControls {
  const { experiment, problems } = parseHash(hash);
  const store = createLabStore(experiment, problems);
  let client: Client | undefined;

  function connect(): Client {
    const connected = createClient();
    connected.subscribe((event) => store.setState((state) => afterEvent(state, event)));
    connected.send({ type: 'open', experiment: store.getState().experiment, dataUrl, fetchNow: !saveData });
    return connected;
  }

  function change(part: Partial<Experiment>): void {
    store.setState((state) => ({ experiment: { ...state.experiment, ...part } }));
    onHash(formatHash(store.getState().experiment));
  }

  return {
    store,
    start() {
      client ??= connect();
    },
    train: () => client?.send({ type: 'train' }),
    pause: () => client?.send({ type: 'pause' }),
    step: () => client?.send({ type: 'step' }),
    reset: () => client?.send({ type: 'reset', experiment: store.getState().experiment }),
    setObjective(run, objective) {
      const { runs } = store.getState().experiment;
      change({ runs: runs.map((spec, index) => (index === run ? { ...spec, objective } : spec)) });
      client?.send({ type: 'setObjective', run, objective });
    },
    setLearningRate(learningRate) {
      change({ learningRate });
      client?.send({ type: 'setLearningRate', learningRate });
    },
    setWarmUp(warmUpSteps) {
      change({ warmUpSteps });
      client?.send({ type: 'setWarmUp', warmUpSteps });
    },
    restartWith(part) {
      change(part);
      if (part.backend === undefined) {
        client?.send({ type: 'reset', experiment: store.getState().experiment });
        return;
      }
      // A backend lives as long as its worker.
      client?.dispose();
      store.setState({ backend: undefined, lab: undefined, progress: undefined, failure: undefined });
      client = connect();
    },
    retryData() {
      store.setState({ dataProblem: undefined });
      client?.send({ type: 'retryData' });
    },
    setTheme: (theme) => store.setState({ theme }),
    show: (part) => store.setState(part),
    dismissNotices: () => store.setState({ notices: [] }),
  };
}
