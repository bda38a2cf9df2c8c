/** What the reader can do with training as a whole. */

import type { Experiment, SampleSet } from '../../../training/link/protocol.ts';
import type { Store } from '../store.ts';
import type { Connection } from './connection.ts';

export interface TrainingCommands {
  /** Starts the worker and the download; once, after the first paint. */
  start(): void;
  train(): void;
  pause(): void;
  step(): void;
  reset(): void;
  /** Seed, network, held-out classes: they take a run from the start. */
  restartWith(change: Partial<Pick<Experiment, 'seed' | 'network' | 'heldOut'>>): void;
  /** Live: the runs go on from where they are. */
  setBackend(backend: Experiment['backend']): void;
  /** Which test images the plots show; the timeline begins anew. */
  showSamples(samples: SampleSet): void;
  retryData(): void;
}

export function createTrainingCommands(store: Store, connection: Connection): TrainingCommands {
  function reset(): void {
    // The checkpoint belongs to the experiment from before.
    store.setState({ checkpoint: undefined });
    connection.send({ type: 'reset', experiment: store.getState().experiment });
  }

  return {
    start: () => connection.start(),
    train: () => connection.send({ type: 'train' }),
    pause: () => connection.send({ type: 'pause' }),
    step: () => connection.send({ type: 'step' }),
    reset,
    restartWith(part) {
      store.setState(({ experiment }) => ({ experiment: { ...experiment, ...part } }));
      if (part.heldOut !== undefined) {
        store.setState({ showsRecording: false, at: undefined, isPlaying: false, highlight: undefined });
      }
      reset();
    },
    setBackend(backend) {
      store.setState(({ experiment }) => ({
        experiment: { ...experiment, backend },
        backend: undefined,
        failure: undefined,
      }));
      connection.moveTo(backend);
    },
    showSamples(samples) {
      store.setState({ sampleSet: samples });
      connection.send({ type: 'showSamples', samples });
    },
    retryData() {
      store.setState({ dataProblem: undefined });
      connection.send({ type: 'retryData' });
    },
  };
}
