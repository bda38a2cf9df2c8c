/** Wires the page's parts outside React: the store, the client, the URL. Made once, at start-up. */

import { stepsPerEpoch } from '../data/batches.ts';
import type { Objective } from '../losses/objective.ts';
import { PRESETS, presetLike, presetNamed } from '../losses/presets.ts';
import { PlotGroup } from '../plots/group.ts';
import type { Session } from '../timeline/session.ts';
import { thinned, withoutRun } from '../timeline/timeline.ts';
import type { LabClient } from '../training/client.ts';
import {
  BATCH_SIZE,
  type BackendName,
  type Checkpoint,
  type Experiment,
  MAX_RUNS,
  type RunSpec,
  type SampleSet,
} from '../training/protocol.ts';
import {
  ALL_SAMPLES,
  afterEvent,
  createLabStore,
  freshState,
  type KeptSession,
  type LabStore,
  type Store,
  type ThemeChoice,
  withNotice,
} from './store.ts';
import { createTimeControls, type TimeControls } from './time.ts';
import { tidyTitle, titlesOf, uniqueTitle, withUniqueTitles } from './titles.ts';
import { formatHash, parseHash } from './url.ts';

/** About a hundred frames of three runs with 2,000 points. */
const KEPT_TIMELINE = 3 * 2 ** 20;
const STEPS_PER_EPOCH = stepsPerEpoch(60_000, BATCH_SIZE);

/** What of the state belongs to the page alone. */
type Transient =
  | 'highlight'
  | 'litClass'
  | 'pinnedClass'
  | 'selectedRun'
  | 'marginsInFocus'
  | 'at'
  | 'isPlaying'
  | 'speed'
  | 'linksZoom'
  | 'sharesScale'
  | 'showsRecording'
  | 'watchesMeasures'
  | 'evaluations'
  | 'metric'
  | 'threshold'
  | 'showsWrongPairs'
  | 'confused'
  | 'offer';

/** The part of a client that the page needs. */
export type Client = Pick<LabClient, 'send' | 'subscribe' | 'checkpoint' | 'moveTo' | 'dispose'>;

/** Everything that the reader can do. */
export interface LabControls extends TimeControls {
  readonly store: Store;
  /** The scatter plots on the page. */
  readonly plots: PlotGroup;
  /** Starts the worker and the download; once, after the first paint. */
  start(): void;
  train(): void;
  pause(): void;
  step(): void;
  reset(): void;
  setObjective(run: number, objective: Objective): void;
  setLearningRate(learningRate: number): void;
  setWarmUp(warmUpSteps: number): void;
  /** Seed, network, held-out digits: they take a run from the start. */
  restartWith(change: Partial<Pick<Experiment, 'seed' | 'network' | 'heldOut'>>): void;
  /** Live: the runs go on from where they are. */
  setBackend(backend: Experiment['backend']): void;
  /** After a run has diverged: all runs back to the last state in which none had, to go on at another learning rate. */
  goBack(learningRate?: number): void;
  /** A run joins, of the first preset that is not there yet; it learns what the others have learnt first. */
  addRun(): void;
  removeRun(run: number): void;
  renameRun(run: number, title: string): void;
  /** A run takes the objective of the preset of that name, and its title where it still had a preset's. */
  choosePreset(run: number, preset: string): void;
  /** Which test images the plots show; the timeline begins anew. */
  showSamples(samples: SampleSet): void;
  retryData(): void;
  setTheme(theme: ThemeChoice): void;
  /** Transient state of the page: what is lit, selected or in focus. */
  show(change: Partial<Pick<LabStore, Transient>>): void;
  /** A class stays lit; the one that is lit already no longer. */
  pinClass(label: number): void;
  /** A link that opens this experiment. */
  link(): string;
  /** A sentence for the reader. */
  tell(sentence: string): void;
  dismissNotices(): void;
  /** The whole session, as it is between two steps. @throws Error with a sentence where there is none yet */
  session(): Promise<Session>;
  /**
   * The session as it was at the newest checkpoint, with a timeline that is small enough to be kept often;
   * undefined where there is nothing to keep.
   */
  keptSession(): Session | undefined;
  /** Goes on with a session instead of what is here. */
  resume(session: Session): void;
  /** What opens the session that is offered. */
  onOffer(open: (offer: KeptSession) => Promise<void>): void;
  /** Goes on where the last visit stopped. */
  acceptOffer(): void;
}

export interface LabSurroundings {
  readonly hash: string;
  readonly dataUrl: string;
  readonly saveData: boolean;
  /** The reader prefers pictures that do not move by themselves. */
  readonly prefersStill: boolean;
  /** Called with the new hash whenever the experiment changes. */
  readonly onHash: (hash: string) => void;
  readonly createClient: () => Client;
  /** Which backend was the fastest on this device. */
  readonly backendMemory: {
    readonly get: () => BackendName | undefined;
    readonly set: (backend: BackendName) => void;
  };
}

export function createLab(surroundings: LabSurroundings): LabControls {
  const { hash, dataUrl, saveData, prefersStill, onHash, createClient, backendMemory } = surroundings;
  const { experiment, problems } = parseHash(hash);
  const store = createLabStore(experiment, problems);
  const plots = new PlotGroup();
  store.subscribe(({ linksZoom, sharesScale }) => {
    plots.linksZoom = linksZoom;
    plots.sharesScale = sharesScale;
  });
  let client: Client | undefined;
  let openOffer: ((offer: KeptSession) => Promise<void>) | undefined;

  function connect(resume?: Checkpoint): Client {
    const connected = createClient();
    connected.subscribe((event) => store.setState((state) => afterEvent(state, event)));
    const { experiment } = store.getState();
    const preferred = backendMemory.get();
    connected.subscribe((event) => {
      if (event.type === 'backend' && event.isTimed) backendMemory.set(event.backend);
    });
    connected.send({ type: 'open', experiment, dataUrl, fetchNow: !saveData, resume, preferred });
    const { sampleSet } = store.getState();
    if (sampleSet !== 'balanced') connected.send({ type: 'showSamples', samples: sampleSet });
    return connected;
  }

  function change(part: Partial<Experiment>): void {
    store.setState((state) => ({ experiment: { ...state.experiment, ...part } }));
    onHash(formatHash(store.getState().experiment));
  }

  function changeRun(run: number, part: Partial<RunSpec>): void {
    const { runs } = store.getState().experiment;
    change({ runs: runs.map((spec, index) => (index === run ? { ...spec, ...part } : spec)) });
  }

  function beginAnew(): void {
    // What it held is not of this experiment any more.
    store.setState({ checkpoint: undefined });
    client?.send({ type: 'reset', experiment: store.getState().experiment });
  }

  return {
    ...createTimeControls(store, { prefersStill }),
    store,
    plots,
    start() {
      client ??= connect();
    },
    train: () => client?.send({ type: 'train' }),
    pause: () => client?.send({ type: 'pause' }),
    step: () => client?.send({ type: 'step' }),
    reset: beginAnew,
    setObjective(run, objective) {
      changeRun(run, { objective });
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
      if (part.heldOut !== undefined) {
        store.setState({ showsRecording: false, at: undefined, isPlaying: false, highlight: undefined });
      }
      beginAnew();
    },
    setBackend(backend) {
      change({ backend });
      store.setState({ backend: undefined, failure: undefined });
      client?.moveTo(backend);
    },
    goBack(learningRate) {
      client?.send({ type: 'pause' });
      client?.send({ type: 'goBack', learningRate });
      // No second press: by the time it came there would be nothing to go back to.
      store.setState(({ lab }) => ({
        lab: lab && { ...lab, halted: lab.halted.map(() => undefined), wayBack: undefined },
      }));
      if (learningRate === undefined) return;
      change({ learningRate });
      client?.send({ type: 'train' });
    },
    addRun() {
      const { runs } = store.getState().experiment;
      if (runs.length >= MAX_RUNS) return;
      const { title, objective } = presetNamed(nextPreset(runs));
      const run = { title: uniqueTitle(title, titlesOf(runs)), objective };
      change({ runs: [...runs, run] });
      store.setState(({ curves }) => ({
        curves: [...curves, []],
        selectedRun: runs.length,
        checkpoint: undefined,
      }));
      client?.send({ type: 'addRun', run });
    },
    removeRun(run) {
      const { experiment, curves, frames, selectedRun, snapshot, wholeTest, lab, evaluations } =
        store.getState();
      if (experiment.runs.length === 1) return;
      const others = <T>(items: readonly T[]) => items.filter((_, index) => index !== run);
      change({ runs: others(experiment.runs) });
      store.setState({
        curves: others(curves),
        frames: withoutRun(frames, run),
        evaluations: others(evaluations),
        snapshot: snapshot && { ...snapshot, runs: others(snapshot.runs) },
        wholeTest: wholeTest && { ...wholeTest, runs: others(wholeTest.runs) },
        lab: lab && { ...lab, schedules: others(lab.schedules), halted: others(lab.halted) },
        selectedRun: Math.max(0, selectedRun >= run ? selectedRun - 1 : selectedRun),
        // The next one is of the runs that are left.
        checkpoint: undefined,
      });
      client?.send({ type: 'removeRun', run });
    },
    renameRun(run, text) {
      const { runs } = store.getState().experiment;
      const title = tidyTitle(text);
      if (title !== undefined) changeRun(run, { title: uniqueTitle(title, titlesOf(runs, run)) });
    },
    choosePreset(run, preset) {
      const { runs } = store.getState().experiment;
      const old = runs[run]?.title;
      const wasPreset = PRESETS.some(({ title }) => title === old);
      const { title, objective } = presetNamed(preset);
      changeRun(
        run,
        wasPreset ? { title: uniqueTitle(title, titlesOf(runs, run)), objective } : { objective },
      );
      client?.send({ type: 'setObjective', run, objective });
    },
    pinClass: (label) =>
      store.setState(({ pinnedClass }) => ({ pinnedClass: pinnedClass === label ? undefined : label })),
    showSamples(samples) {
      store.setState({ sampleSet: samples });
      client?.send({ type: 'showSamples', samples });
    },
    retryData() {
      store.setState({ dataProblem: undefined });
      client?.send({ type: 'retryData' });
    },
    setTheme: (theme) => store.setState({ theme }),
    show: (part) => store.setState(part),
    link: () => new URL(formatHash(store.getState().experiment), location.href).href,
    tell: (sentence) => store.setState((state) => withNotice(state, sentence)),
    dismissNotices: () => store.setState({ notices: [] }),
    async session() {
      const checkpoint = await client?.checkpoint();
      // All at once, after the wait: what changed meanwhile must not contradict itself.
      const { experiment, samples, frames, curves } = store.getState();
      if (checkpoint === undefined || samples === undefined) {
        throw new Error('There is nothing to save yet: the images have not arrived.');
      }
      if (!isOf(checkpoint, experiment)) {
        throw new Error('The experiment was changed meanwhile: save again.');
      }
      return { ...samples, checkpoint: withTitles(checkpoint, experiment), frames, curves };
    },
    keptSession() {
      const { checkpoint, experiment, samples, frames, curves } = store.getState();
      if (checkpoint === undefined || samples === undefined || checkpoint.step === 0) return undefined;
      const { step } = checkpoint;
      if (!isOf(checkpoint, experiment)) return undefined;
      const isEarlier = (each: { readonly step: number }) => each.step <= step;
      return {
        ...samples,
        checkpoint: withTitles(checkpoint, experiment),
        frames: thinned(frames.filter(isEarlier), KEPT_TIMELINE),
        curves: curves.map((points) => points.filter(isEarlier)),
      };
    },
    resume({ checkpoint, labels, indices, frames, curves }) {
      const { step } = checkpoint;
      const runs = checkpoint.experiment.runs.map((run) => ({
        ...run,
        title: tidyTitle(run.title) ?? 'Run',
      }));
      const experiment = { ...checkpoint.experiment, runs: withUniqueTitles(runs) };
      client?.dispose();
      store.setState({
        ...freshState(experiment),
        sampleSet: labels.length === ALL_SAMPLES ? 'all' : 'balanced',
        samples: { labels, indices },
        frames,
        curves,
        progress: { type: 'progress', step, epoch: step / STEPS_PER_EPOCH, imagesPerSecond: 0, losses: [] },
      });
      onHash(formatHash(experiment));
      client = connect(checkpoint);
    },
    onOffer(open) {
      openOffer = open;
    },
    acceptOffer() {
      const { offer } = store.getState();
      if (offer !== undefined) openOffer?.(offer);
    },
  };
}

/** The reader may have gone on since it was taken: are these still the same runs? */
function isOf({ experiment }: Checkpoint, { network, seed, heldOut, runs }: Experiment): boolean {
  return (
    experiment.network === network &&
    experiment.seed === seed &&
    experiment.heldOut.join() === heldOut.join() &&
    experiment.runs.length === runs.length
  );
}

/** What the worker was told of an experiment, with what only the page knows: titles, and the wish for a backend. */
function withTitles(checkpoint: Checkpoint, { backend, runs }: Experiment): Checkpoint {
  const titled = checkpoint.experiment.runs.map((run, index) => ({
    ...run,
    title: runs[index]?.title ?? run.title,
  }));
  return { ...checkpoint, experiment: { ...checkpoint.experiment, backend, runs: titled } };
}

/** The letter's combinations in the order in which one misses them; the first again where all are there. */
function nextPreset(runs: readonly RunSpec[]): string {
  const order = ['C+M', 'M', 'S+C', 'S', 'S+M', 'S+C+M'];
  return order.find((name) => !runs.some(({ objective }) => presetLike(objective)?.name === name)) ?? 'C+M';
}
