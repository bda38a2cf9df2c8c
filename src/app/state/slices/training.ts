/** What the reader can do with training as a whole. */

import { type OwnSetHeader, ownRecord, ownSetId } from '../../../data/own-set.ts';
import type { OfferedSetId } from '../../../data/sets.ts';
import {
  begunAnew,
  type Command,
  type CoresWish,
  type Experiment,
  type SampleSet,
  usualBatchSize,
} from '../../../training/link/protocol.ts';
import { stepsDone } from '../steps-done.ts';
import { freshState, type PageState, type Store } from '../store.ts';
import type { EndTraining } from '../undo.ts';
import { parseHash } from '../url.ts';
import type { Connection } from './connection.ts';
import { startedAnew } from './experiment.ts';

export interface TrainingCommands {
  /** Starts the worker and the download; once, after the first paint. */
  start(): void;
  train(): void;
  pause(): void;
  step(): void;
  reset(): void;
  /** Seed, network, held-out classes: they take a run from the start. */
  restartWith(
    change: Partial<
      Pick<Experiment, 'seed' | 'network' | 'dim' | 'heldOut' | 'batchSize' | 'labelNoise' | 'augmentation'>
    >,
  ): void;
  /** Live: the runs go on from where they are. */
  setBackend(backend: Experiment['backend']): void;
  /** Live: what comes out does not depend on it. */
  setCores(cores: CoresWish): void;
  /** The experiment of a link, from its start. */
  openLink(hash: string): void;
  /** The same runs on another data set, from the start. */
  chooseData(data: OfferedSetId): void;
  /** The same runs on images of one's own, from the start; where only the images were missing, the runs go on. */
  chooseOwn(own: OwnSetHeader, settings?: Partial<OwnSettings>): void;
  /** Which test images the plots show; the timeline begins anew. */
  showSamples(samples: SampleSet): void;
  retryData(): void;
}

/** What is chosen together with images of one's own. */
export type OwnSettings = Pick<Experiment, 'heldOut' | 'augmentation' | 'batchSize' | 'dim' | 'warmUpSteps'>;

/** What takes runs from the start, as the subject of a sentence. */
function causeIn(part: Parameters<TrainingCommands['restartWith']>[0]): string {
  if (part.seed !== undefined) return 'The other seed';
  if (part.network !== undefined) return 'The other network';
  if ('dim' in part) return 'Features of another width';
  if (part.heldOut !== undefined) return 'Leaving out other classes';
  return 'Other batches';
}

export function createTrainingCommands(
  store: Store,
  connection: Connection,
  end: EndTraining,
): TrainingCommands {
  /** @param cause ended the training: the subject of a sentence */
  function restart(cause: string, part: Partial<Experiment> = {}): void {
    const ended = end((step) => `${cause} ended the training at step ${step}.`, { fromStart: true });
    // The checkpoint belongs to the experiment from before.
    store.setState((state) => {
      // What the controls show is what begins; before the first step that is what a link has planned, too.
      const experiment = stepsDone(state) > 0 ? startedAnew(state.experiment) : state.experiment;
      return { ...ended, checkpoint: undefined, awaitsPicture: true, experiment: { ...experiment, ...part } };
    });
    connection.send({ type: 'reset', experiment: store.getState().experiment });
  }

  /** Who is faster than the page's own start is not kept waiting. */
  function begun(command: Command): void {
    connection.start();
    connection.send(command);
  }

  /** @param cause ended the training: the subject of a sentence */
  function replaceBy(
    cause: string,
    experiment: Experiment,
    part: Partial<PageState>,
    showsRecording = store.getState().recording !== undefined,
  ): void {
    const ended = end((step) => `${cause} ended the training at step ${step}.`);
    connection.replace({
      ...freshState(experiment),
      ...ended,
      ...part,
      showsRecording,
    });
  }

  function retryData(): void {
    store.setState({ dataProblem: undefined });
    connection.send({ type: 'retryData' });
  }

  return {
    start: () => connection.start(),
    train: () => begun({ type: 'train' }),
    pause: () => connection.send({ type: 'pause' }),
    step: () => begun({ type: 'step' }),
    reset: () => restart('Reset'),
    restartWith(part) {
      const { experiment } = store.getState();
      const { own, seed, heldOut } = experiment;
      const drawsAnew = { seed, heldOut, ...part };
      const isSameSplit = drawsAnew.seed === seed && drawsAnew.heldOut.join() === heldOut.join();
      if (own === undefined || isSameSplit) return restart(causeIn(part), part);
      // Of one's own images others are tested then: a worker begins with those.
      replaceBy(causeIn(part), { ...startedAnew(experiment), ...part }, { pins: [] }, false);
    },
    openLink(hash) {
      const { experiment, pins = [], guide, problems } = parseHash(hash, store.getState().ownSets);
      const { notices } = store.getState();
      replaceBy('The link', experiment, { pins, guide, notices: [...notices, ...problems] });
    },
    chooseData(data) {
      // Labels and places in the test set are those of the other one.
      const experiment = begunAnew(store.getState().experiment);
      replaceBy('The other data set', { ...experiment, data, own: undefined, heldOut: [] }, { pins: [] });
    },
    chooseOwn(own, settings) {
      const { experiment, dataProblem } = store.getState();
      const data = ownSetId(own);
      if (experiment.data === data && dataProblem !== undefined && settings === undefined) return retryData();
      const { counts } = ownRecord(own);
      const batchSize = usualBatchSize(counts.train);
      const begun = { ...begunAnew(experiment), data, own, heldOut: [], batchSize, ...settings };
      replaceBy('The other data set', begun, { pins: [] }, false);
    },
    setBackend(backend) {
      store.setState(({ experiment }) => ({
        experiment: { ...experiment, backend },
        backend: undefined,
        failure: undefined,
      }));
      connection.moveTo(backend);
    },
    setCores: (cores) => connection.setCores(cores),
    showSamples(samples) {
      const ended = end((step) => `The timeline up to step ${step} was of other samples.`);
      store.setState({ ...ended, sampleSet: samples });
      connection.send({ type: 'showSamples', samples });
    },
    retryData,
  };
}
