/** What the page shows of a run beyond its panel: all measures, the scores behind the ROC, the confusion matrix. */

import { confusionMatrix } from './confusion.ts';
import { computed, MeasureContext, type Measured, type NamedMeasures } from './measure.ts';
import { MEASURES } from './measures.ts';
import type { Metric, PairSet, Scores } from './pairs.ts';
import {
  PAGE_PAIRS,
  PAIR_SEED,
  type PairsOf,
  pairsOf,
  scoresOf,
  UNSEEN_VERIFICATION,
  VERIFICATION,
} from './verification.ts';

export interface EvaluationRequest extends Measured {
  /** Predicted class a sample, [count]. */
  readonly predictions: Uint8Array;
  /** True where only pairs are wanted: of raw pixels, say, that nothing else is asked of. */
  readonly onlyPairs?: true;
}

/** By the run's position; undefined where there is nothing of it. */
export type EvaluationRequests = readonly (EvaluationRequest | undefined)[];
export type Evaluations = readonly (Evaluation | undefined)[];

/** Pairs of samples (rows of the features) and their distances by both metrics. */
export interface PairScores {
  readonly pairs: PairSet;
  readonly scores: Readonly<Record<Metric, Scores>>;
}

export interface Evaluation {
  readonly measures: NamedMeasures;
  readonly seen: PairScores;
  /** Of the classes that training never saw; undefined where it saw all. */
  readonly unseen?: PairScores | undefined;
  /** Counts [classes × classes]: the true class down, the predicted one across. */
  readonly confusion: Uint32Array;
}

/** Of every run; a run that has diverged has none, since nothing of it is shown. */
export function evaluationsOf(requests: EvaluationRequests): Evaluations {
  return requests.map((request) =>
    request?.features.every(Number.isFinite) ? evaluationOf(request) : undefined,
  );
}

/** @throws RangeError where a feature is not a number */
export function evaluationOf(run: EvaluationRequest): Evaluation {
  const context = new MeasureContext({
    ...run,
    pairs: { count: PAGE_PAIRS, seed: PAIR_SEED, mayBeAll: true },
  });
  const { labels, predictions, classes } = run;
  return {
    measures: computed(run.onlyPairs ? [...VERIFICATION, ...UNSEEN_VERIFICATION] : MEASURES, context),
    seen: pairScores(context, 'seen'),
    unseen: run.heldOut.length === 0 ? undefined : pairScores(context, 'unseen'),
    confusion: confusionMatrix(labels, predictions, classes),
  };
}

function pairScores(context: MeasureContext, part: PairsOf): PairScores {
  const { labels } = context.run;
  const rows = Uint32Array.from(labels, (_, row) => row).filter(
    (row) => context.isSeen(labels[row] as number) === (part === 'seen'),
  );
  return {
    pairs: ofRows(pairsOf(context, part), rows),
    scores: {
      euclidean: scoresOf(context, part, 'euclidean'),
      cosine: scoresOf(context, part, 'cosine'),
    },
  };
}

/** Pairs of some samples as pairs of all. */
function ofRows({ genuine, impostor }: PairSet, rows: Uint32Array): PairSet {
  const renamed = (indices: Uint32Array) => indices.map((index) => rows[index] as number);
  return {
    genuine: { first: renamed(genuine.first), second: renamed(genuine.second) },
    impostor: { first: renamed(impostor.first), second: renamed(impostor.second) },
  };
}
