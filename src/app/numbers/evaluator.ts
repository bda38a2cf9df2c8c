/** Keeps the measures of what is shown up to date, off the main thread, while someone looks at them. */

import { measuredMargins } from '../../losses/objective.ts';
import type { EvaluationRequests, Evaluations } from '../../measures/evaluation.ts';
import { dimIn, type Moment } from '../../timeline/timeline.ts';
import type { Commands } from '../state/commands.ts';
import { dataSetShown, heldOutShown, objectiveShown, ruleShown, samplesShown } from '../state/selectors.ts';
import { imagesShown } from '../state/slices/images.ts';
import type { PageState } from '../state/store.ts';
import { EvaluationClient } from './evaluation-client.ts';
import { pairsShown } from './wrong-pairs.ts';

/** Evaluations come at most so often: they share the machine with training. */
const INTERVAL_MS = 700;
/** Attempts in a row, each on a worker of its own, before the reader is asked. */
const ATTEMPTS = 3;
const PROBLEM =
  'Some measures could not be computed: what computes them failed three times. Nothing else depends on it.';

/** Evaluates while the measures are in view. Returns the function that ends it. */
export function attachEvaluator(commands: Commands): () => void {
  const client = new EvaluationClient();
  /** Since the last evaluation. */
  let failures = 0;
  let shown: readonly unknown[] = [];
  /** The panels whose runs are being evaluated. */
  let asked: readonly number[] = [];
  let evaluated: readonly (Moment | undefined)[] = [];
  /** Of which images the newest raw pixels are. */
  let rawOf: unknown;
  let rawAbout: unknown;
  let isBusy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;

  const ask = () => {
    timer = undefined;
    const state = commands.store.getState();
    const samples = samplesShown(state);
    if (samples === undefined || isBusy) return;
    const moments = state.experiment.runs.map((_, run) => commands.moment(run));
    const heldOut = heldOutShown(state);
    asked = state.panels;
    evaluated = moments;
    const runs = moments.map((moment, run): EvaluationRequests[number] => {
      const objective = objectiveShown(state, run);
      if (moment === undefined || objective === undefined) return undefined;
      const margins = measuredMargins(objective);
      if (moment.predictions.length !== samples.labels.length) return undefined;
      const { features, centres, predictions } = moment;
      const dim = dimIn(moment);
      const labelled = { features, labels: samples.labels, dim, classes: centres.length / dim };
      const { cosineAbout } = state;
      return {
        ...labelled,
        centres,
        predictions,
        rule: ruleShown(state, run),
        heldOut,
        margins,
        cosineAbout,
      };
    });
    const raw = rawRequest(state);
    shown = inputsOf(commands);
    isBusy = true;
    last = performance.now();
    client.evaluate(raw === undefined ? runs : [...runs, raw.request]).then((evaluations) => {
      if (raw !== undefined) {
        rawOf = raw.images;
        rawAbout = raw.request.cosineAbout;
      }
      take(evaluations.slice(0, runs.length), evaluations[runs.length]);
    }, onFailure);
  };

  /** The bare images, where pairs of classes never seen are looked at and these have not been evaluated yet. */
  const rawRequest = (state: PageState) => {
    const images = imagesShown(state);
    const samples = samplesShown(state);
    const heldOut = heldOutShown(state);
    if (images === undefined || samples === undefined || heldOut.length === 0) return undefined;
    const { cosineAbout } = state;
    const isKnown = rawOf === images && rawAbout === cosineAbout && state.rawPixels !== undefined;
    if (pairsShown(state) === 'seen' || isKnown) return undefined;
    const { labels } = samples;
    const classes = dataSetShown(state).classNames.length;
    const dim = images.side ** 2;
    const request = {
      ...{ features: Float32Array.from(images.pixels), labels, dim, classes, heldOut },
      ...{ centres: new Float32Array(classes * dim), predictions: labels, onlyPairs: true as const },
      cosineAbout,
    };
    return { images, request };
  };

  const take = (evaluations: Evaluations, raw: Evaluations[number]) => {
    isBusy = false;
    failures = 0;
    // Runs may have come or gone meanwhile: those that are here now are evaluated next.
    if (asked === commands.store.getState().panels) commands.show({ evaluations, evaluated });
    if (raw !== undefined) commands.show({ rawPixels: raw });
    update();
  };

  /** What is shown by now is asked again; the panels have their own numbers meanwhile. */
  const onFailure = () => {
    isBusy = false;
    failures++;
    if (failures < ATTEMPTS) return ask();
    failures = 0;
    // Whatever is shown when the reader asks again is evaluated.
    shown = [];
    commands.show({ evaluations: [], evaluated: [], measuresProblem: PROBLEM });
  };

  const update = () => {
    const state = commands.store.getState();
    if (
      !(state.measuresInView || state.isExporting) ||
      state.measuresProblem !== undefined ||
      isBusy ||
      timer !== undefined
    )
      return;
    const inputs = inputsOf(commands);
    const isSame = inputs.length === shown.length && inputs.every((input, i) => input === shown[i]);
    if (isSame) return;
    timer = setTimeout(ask, Math.max(0, last + INTERVAL_MS - performance.now()));
  };

  const unsubscribe = commands.store.subscribe(update);
  return () => {
    unsubscribe();
    clearTimeout(timer);
    client.dispose();
  };
}

/** What an evaluation depends on. */
function inputsOf(commands: Commands): readonly unknown[] {
  const state = commands.store.getState();
  const ofRuns = state.experiment.runs.flatMap((_, run) => [
    commands.moment(run),
    objectiveShown(state, run),
  ]);
  return [...ofRuns, pairsShown(state), imagesShown(state), state.cosineAbout];
}
