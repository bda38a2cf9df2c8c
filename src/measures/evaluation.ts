/** What the page shows of a run beyond its panel: all measures, the scores behind the ROC, the confusion matrix. */

import { type LabelledFeatures, ofClasses } from './classes.ts';
import { confusionMatrix } from './confusion.ts';
import { type Evaluated, evaluate, type NamedMeasures, PAIR_SEED } from './evaluate.ts';
import { drawPairs, METRICS, type Metric, type PairSet, type Scores, scorePairs } from './pairs.ts';

export interface EvaluationRequest extends Evaluated {
  /** Predicted class a sample, [count]. */
  readonly predictions: Uint8Array;
}

/** By the run's position; undefined where there is nothing of it. */
export type EvaluationRequests = readonly (EvaluationRequest | undefined)[];
export type Evaluations = readonly (Evaluation | undefined)[];

/** Pairs of seen digits (rows of the features) and their distances by both metrics. */
export interface PairScores {
  readonly pairs: PairSet;
  readonly scores: Readonly<Record<Metric, Scores>>;
}

export interface Evaluation {
  readonly measures: NamedMeasures;
  readonly seen: PairScores;
  /** Counts [classes × classes]: the true class down, the predicted one across. */
  readonly confusion: Uint32Array;
}

/** Pairs of each kind on the page: enough for a TAR at FAR 1e-2, and for a picture. */
export const PAGE_PAIRS = 10_000;

/** Of every run; a run that has diverged has none, since nothing of it is shown. */
export function evaluationsOf(requests: EvaluationRequests): Evaluations {
  return requests.map((request) =>
    request?.features.every(Number.isFinite) ? evaluationOf(request) : undefined,
  );
}

/** @throws RangeError where a feature is not a number */
export function evaluationOf({ predictions, ...evaluated }: EvaluationRequest): Evaluation {
  const { labels, heldOut } = evaluated;
  const rows = Uint32Array.from(labels, (_, row) => row).filter(
    (row) => !heldOut.includes(labels[row] as number),
  );
  const seen: LabelledFeatures = ofClasses(evaluated, (label) => !heldOut.includes(label));
  const pairs = drawPairs(seen.labels, { count: PAGE_PAIRS, seed: PAIR_SEED });
  const scores = Object.fromEntries(METRICS.map((metric) => [metric, scorePairs(seen, pairs, metric)]));
  return {
    measures: evaluate(evaluated, { pairs: PAGE_PAIRS }),
    seen: { pairs: ofRows(pairs, rows), scores: scores as Record<Metric, Scores> },
    confusion: confusionMatrix(labels, predictions, evaluated.classes),
  };
}

/** Pairs of the seen samples as pairs of all. */
function ofRows({ genuine, impostor }: PairSet, rows: Uint32Array): PairSet {
  const renamed = (indices: Uint32Array) => indices.map((index) => rows[index] as number);
  return {
    genuine: { first: renamed(genuine.first), second: renamed(genuine.second) },
    impostor: { first: renamed(impostor.first), second: renamed(impostor.second) },
  };
}
