/** Keeps the measures of what is shown up to date, off the main thread, while someone looks at them. */

import type { Evaluation } from '../measures/evaluation.ts';
import type { EvaluationTask } from '../measures/evaluation-worker.ts';
import type { LabControls } from './lab.ts';
import { objectiveShown, recordingShown, samplesShown } from './shown.ts';

/** Evaluations come at most so often: they share the machine with training. */
const INTERVAL_MS = 700;
const DIM = 2;

interface Answer {
  readonly id: number;
  readonly evaluations: readonly (Evaluation | undefined)[];
}

/** Evaluates while `isWatched` says so. Returns the function that ends it. */
export function attachEvaluator(lab: LabControls): () => void {
  let worker: Worker | undefined;
  let shown: readonly unknown[] = [];
  let isBusy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;

  const ask = () => {
    timer = undefined;
    const state = lab.store.getState();
    const samples = samplesShown(state);
    if (samples === undefined || isBusy) return;
    const moments = state.experiment.runs.map((_, run) => lab.moment(run));
    const { heldOut } = recordingShown(state) === undefined ? state.experiment : { heldOut: [] };
    const runs = moments.map((moment, run): EvaluationTask['runs'][number] => {
      const margins = objectiveShown(state, run);
      if (moment === undefined || margins === undefined) return undefined;
      if (moment.predictions.length !== samples.labels.length) return undefined;
      const { features, centres, predictions } = moment;
      return { features, labels: samples.labels, dim: DIM, centres, predictions, heldOut, margins };
    });
    shown = inputsOf(lab);
    isBusy = true;
    last = performance.now();
    worker ??= start();
    worker.postMessage({ id: 0, runs } satisfies EvaluationTask);
  };

  const start = (): Worker => {
    const started = new Worker(new URL('../measures/evaluation-worker.ts', import.meta.url), {
      type: 'module',
      name: 'measures',
    });
    started.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      isBusy = false;
      lab.show({ evaluations: data.evaluations });
      update();
    });
    // Without it the panels still have their own numbers.
    started.addEventListener('error', () =>
      lab.tell('The measures could not be computed: their worker failed.'),
    );
    return started;
  };

  const update = () => {
    const state = lab.store.getState();
    if (!state.watchesMeasures || isBusy || timer !== undefined) return;
    const inputs = inputsOf(lab);
    const isSame = inputs.length === shown.length && inputs.every((input, i) => input === shown[i]);
    if (isSame) return;
    timer = setTimeout(ask, Math.max(0, last + INTERVAL_MS - performance.now()));
  };

  const unsubscribe = lab.store.subscribe(update);
  return () => {
    unsubscribe();
    clearTimeout(timer);
    worker?.terminate();
  };
}

/** What an evaluation depends on. */
function inputsOf(lab: LabControls): readonly unknown[] {
  const state = lab.store.getState();
  return state.experiment.runs.flatMap((_, run) => [lab.moment(run), objectiveShown(state, run)]);
}
