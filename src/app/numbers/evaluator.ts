/** Keeps the measures of what is shown up to date, off the main thread, while someone looks at them. */

import { measuredMargins } from '../../losses/objective.ts';
import type { EvaluationRequests, Evaluations } from '../../measures/evaluation.ts';
import type { Moment } from '../../timeline/timeline.ts';
import type { Commands } from '../state/commands.ts';
import { objectiveShown, recordingShown, samplesShown } from '../state/selectors.ts';
import { titlesOf } from '../state/titles.ts';

/** Evaluations come at most so often: they share the machine with training. */
const INTERVAL_MS = 700;
const DIM = 2;

/** Evaluates while the measures are in view. Returns the function that ends it. */
export function attachEvaluator(commands: Commands): () => void {
  /** Made when it is first needed; null where none can be had. */
  let worker: Worker | null | undefined;
  let shown: readonly unknown[] = [];
  /** The runs that are being evaluated. */
  let asked = '';
  let evaluated: readonly (Moment | undefined)[] = [];
  let isBusy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;

  const ask = () => {
    timer = undefined;
    const state = commands.store.getState();
    const samples = samplesShown(state);
    if (samples === undefined || isBusy) return;
    const moments = state.experiment.runs.map((_, run) => commands.moment(run));
    const { heldOut } = recordingShown(state) === undefined ? state.experiment : { heldOut: [] };
    asked = titlesIn(commands);
    evaluated = moments;
    const runs = moments.map((moment, run): EvaluationRequests[number] => {
      const objective = objectiveShown(state, run);
      if (moment === undefined || objective === undefined) return undefined;
      const margins = measuredMargins(objective);
      if (moment.predictions.length !== samples.labels.length) return undefined;
      const { features, centres, predictions } = moment;
      const labelled = { features, labels: samples.labels, dim: DIM, classes: centres.length / DIM };
      return { ...labelled, centres, predictions, heldOut, margins };
    });
    shown = inputsOf(commands);
    isBusy = true;
    last = performance.now();
    evaluate(runs);
  };

  const take = (evaluations: Evaluations) => {
    isBusy = false;
    // Runs may have come or gone meanwhile: those that are here now are evaluated next.
    if (asked === titlesIn(commands)) commands.show({ evaluations, evaluated });
    update();
  };

  const evaluate = (runs: EvaluationRequests) => {
    if (worker === undefined) worker = newWorker();
    if (worker === null) {
      // Their arrays are filled anew while the code is on its way.
      evaluateHere(structuredClone(runs));
      return;
    }
    worker.onmessage = ({ data }: MessageEvent<Evaluations>) => take(data);
    worker.onerror = () => {
      worker?.terminate();
      worker = null;
      isBusy = false;
      ask();
    };
    worker.postMessage(runs);
  };

  /** Without a worker painting waits for the measures, which is better than none. */
  const evaluateHere = (runs: EvaluationRequests) => {
    import('../../measures/evaluation.ts')
      .then(({ evaluationsOf }) => take(evaluationsOf(runs)))
      // The panels still have their own numbers.
      .catch(() => {
        // The next change of what is shown asks again.
        isBusy = false;
        commands.tell('The measures could not be computed. Training goes on.');
      });
  };

  const update = () => {
    const state = commands.store.getState();
    if (!state.measuresInView || isBusy || timer !== undefined) return;
    const inputs = inputsOf(commands);
    const isSame = inputs.length === shown.length && inputs.every((input, i) => input === shown[i]);
    if (isSame) return;
    timer = setTimeout(ask, Math.max(0, last + INTERVAL_MS - performance.now()));
  };

  const unsubscribe = commands.store.subscribe(update);
  return () => {
    unsubscribe();
    clearTimeout(timer);
    worker?.terminate();
  };
}

function newWorker(): Worker | null {
  try {
    return new Worker(new URL('../../measures/evaluation-worker.ts', import.meta.url), {
      type: 'module',
      name: 'measures',
    });
  } catch {
    return null;
  }
}

const titlesIn = (commands: Commands) => titlesOf(commands.store.getState().experiment.runs).join('\n');

/** What an evaluation depends on. */
function inputsOf(commands: Commands): readonly unknown[] {
  const state = commands.store.getState();
  return state.experiment.runs.flatMap((_, run) => [commands.moment(run), objectiveShown(state, run)]);
}
