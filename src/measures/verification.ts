/**
 * Verification: are two samples of one class? Pairs of samples are decided by a threshold on their distance;
 * how well that goes, by both metrics, among the classes that training saw and among those it did not.
 */

import { type LabelledFeatures, meanOf, seenFrom } from './classes.ts';
import { type Measure, type MeasureContext, seenSamples, unseenSamples } from './measure.ts';
import {
  drawPairs,
  METRIC_TEXTS,
  METRICS,
  type Metric,
  type PairSet,
  type Scores,
  scorePairs,
} from './pairs.ts';
import { areaUnder, equalErrorOf, rocOf, tarAt } from './roc.ts';

export interface Verification {
  /** Area under the ROC: the chance that a genuine pair is nearer than an impostor one, ties half. */
  readonly auc: number;
  /** Where FAR = FRR. */
  readonly eer: number;
  /** The distance at which that is so. */
  readonly eerThreshold: number;
  readonly tarAtFar1e2: number;
  readonly tarAtFar1e3: number;
  /** |m_g − m_i| / √((s_g² + s_i²)/2). */
  readonly dPrime: number;
}

/** @throws RangeError for a score that is not a number: a NaN has no place in an order */
export function verify(scores: Scores): Verification {
  const roc = rocOf(scores);
  const { rate: eer, threshold: eerThreshold } = equalErrorOf(roc);
  return {
    auc: areaUnder(roc),
    eer,
    eerThreshold,
    tarAtFar1e2: tarAt(roc, 1e-2),
    tarAtFar1e3: tarAt(roc, 1e-3),
    dPrime: dPrime(scores),
  };
}

function dPrime({ genuine, impostor }: Scores): number {
  const own = momentsOf(genuine);
  const other = momentsOf(impostor);
  return Math.abs(own.mean - other.mean) / Math.sqrt((own.variance + other.variance) / 2);
}

function momentsOf(values: Float32Array): { mean: number; variance: number } {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let variance = 0;
  for (const value of values) variance += (value - mean) ** 2 / values.length;
  return values.length === 0 ? { mean: Number.NaN, variance: Number.NaN } : { mean, variance };
}

export const FOLDS = 10;
export const FOLD_PAIRS = 300;

/**
 * Verification accuracy by the protocol of Labeled Faces in the Wild (Huang et al. 2007): ten folds of 300 genuine and
 * 300 impostor pairs; the threshold that is best on nine decides the tenth.
 *
 * @param scores at least 3,000 of each kind; the first ones are taken
 * @returns mean over the folds and their standard deviation (of the ten, not of a sample); NaN where pairs are missing
 */
export function foldAccuracy({ genuine, impostor }: Scores): {
  readonly mean: number;
  readonly deviation: number;
} {
  if (Math.min(genuine.length, impostor.length) < FOLDS * FOLD_PAIRS) {
    return { mean: Number.NaN, deviation: Number.NaN };
  }
  const right = Array.from({ length: FOLDS }, (_, fold) => {
    const isHeld = (i: number) => Math.floor(i / FOLD_PAIRS) === fold;
    const part = (values: Float32Array, held: boolean) =>
      values.subarray(0, FOLDS * FOLD_PAIRS).filter((_, i) => isHeld(i) === held);
    const threshold = bestThreshold({ genuine: part(genuine, false), impostor: part(impostor, false) });
    return (
      part(genuine, true).filter((distance) => distance <= threshold).length +
      part(impostor, true).filter((distance) => distance > threshold).length
    );
  });
  // In whole pairs: runs that decide equally many rightly have equal numbers.
  const total = right.reduce((sum, count) => sum + count, 0);
  const squares = right.reduce((sum, count) => sum + (FOLDS * count - total) ** 2, 0);
  const pairs = 2 * FOLDS * FOLD_PAIRS;
  return { mean: total / pairs, deviation: Math.sqrt(squares / FOLDS) / pairs };
}

/**
 * The threshold at which most pairs are decided rightly, halfway to the next distance: the lowest of equals. Below
 * all distances where none is accepted.
 *
 * @throws RangeError for a score that is not a number
 */
export function bestThreshold(scores: Scores): number {
  const { genuine, impostor, thresholds } = rocOf(scores);
  // Pairs decided rightly, but for a constant. Counts are compared: as shares, 1 − 2/3 is more than 1/3.
  const gain = (k: number) => (genuine[k] as number) - (impostor[k] as number);
  let best = 0;
  for (let k = 1; k < thresholds.length; k++) if (gain(k) > gain(best)) best = k;
  const next = thresholds[best + 1] ?? (thresholds[best] as number);
  return best === 0 ? Number.NEGATIVE_INFINITY : ((thresholds[best] as number) + next) / 2;
}

/** Pairs of each kind: enough for a TAR at FAR 1e-3. */
export const PAIRS = 100_000;
/** On the page: enough for a TAR at FAR 1e-2, and for a picture. */
export const PAGE_PAIRS = 10_000;
export const PAIR_SEED = 1;

/** Pairs among the classes that training saw, or among those that it did not. */
interface Part {
  readonly prefix: '' | 'unseen';
  /** In titles and sentences. */
  readonly words: '' | ' of unseen classes';
  readonly samples: (context: MeasureContext) => LabelledFeatures | undefined;
}
const SEEN: Part = { prefix: '', words: '', samples: seenSamples };
const UNSEEN: Part = { prefix: 'unseen', words: ' of unseen classes', samples: unseenSamples };

/** The mean of the samples of classes that training saw, [dim]. */
function trainedMean(context: MeasureContext): Float64Array {
  return meanOf(context.once(seenSamples));
}

/** What verification of a part is made of; undefined where the part is not there. */
function stepsOf({ samples }: Part) {
  const pairs = (context: MeasureContext): PairSet | undefined => {
    const own = context.once(samples);
    return own && drawPairs(own.labels, context.run.pairs ?? { count: PAIRS, seed: PAIR_SEED });
  };
  const scoresBy = (metric: Metric) => (context: MeasureContext) => {
    const [own, drawn] = [context.once(samples), context.once(pairs)];
    if (own === undefined || drawn === undefined) return undefined;
    const isMoved = metric === 'cosine' && context.run.cosineAbout === 'mean';
    return scorePairs(isMoved ? seenFrom(own, context.once(trainedMean)) : own, drawn, metric);
  };
  const scores = { euclidean: scoresBy('euclidean'), cosine: scoresBy('cosine') };
  return { pairs, scores };
}

const STEPS = { '': stepsOf(SEEN), unseen: stepsOf(UNSEEN) };
const NO_PAIRS = { first: new Uint32Array(0), second: new Uint32Array(0) };
const NO_SCORES = { genuine: new Float32Array(0), impostor: new Float32Array(0) };

/** Pairs of which classes: those that training saw, or those that it did not. */
export type PairsOf = 'seen' | 'unseen';
const STEPS_OF = { seen: STEPS[''], unseen: STEPS.unseen } as const;

/** The pairs of these samples, by their rows among these. */
export function pairsOf(context: MeasureContext, part: PairsOf): PairSet {
  return context.once(STEPS_OF[part].pairs) ?? { genuine: NO_PAIRS, impostor: NO_PAIRS };
}

/** The distances of these pairs. */
export function scoresOf(context: MeasureContext, part: PairsOf, metric: Metric): Scores {
  return context.once(STEPS_OF[part].scores[metric]) ?? NO_SCORES;
}

/** A number of verification, whatever the metric. */
interface Quantity extends Pick<Measure, 'title' | 'tex' | 'better' | 'digits'> {
  readonly name: QuantityName;
  readonly heading?: string;
  readonly sentence: (by: string) => string;
  /** True for a distance, which is as large as the features are. */
  readonly isDistance?: boolean;
  /** Of seen classes by Euclidean distance: D2/D1 and the silhouette, beside which it stands, go by that, too. */
  readonly shown?: Measure['shown'];
  readonly of: (verification: Verification & ReturnType<typeof foldAccuracy>) => number;
}
export type QuantityName =
  | 'AUC'
  | 'EER'
  | 'Threshold'
  | 'TARAtFAR1e2'
  | 'TARAtFAR1e3'
  | 'DPrime'
  | 'LFW'
  | 'LFWDeviation';

const QUANTITIES: readonly Quantity[] = [
  {
    name: 'AUC',
    title: 'AUC',
    sentence: (by) => `The chance that a genuine pair is nearer than an impostor one, by ${by} distance.`,
    tex: String.raw`P(d_g<d_i)+\tfrac12P(d_g=d_i)`,
    better: 'higher',
    digits: 4,
    of: ({ auc }) => auc,
  },
  {
    name: 'EER',
    title: 'EER',
    sentence: (by) =>
      `Equal error rate of pairs by ${by} distance: the error at the threshold where the share of impostors accepted is that of genuine pairs refused.`,
    tex: String.raw`\mathrm{FAR}=1-\mathrm{TAR}`,
    better: 'lower',
    digits: 4,
    shown: { column: { order: 2, heading: 'EER' } },
    of: ({ eer }) => eer,
  },
  {
    name: 'Threshold',
    title: 'EER threshold',
    sentence: (by) => `The ${by} distance at which the error is the equal error rate.`,
    tex: String.raw`t:\ \mathrm{FAR}(t)=1-\mathrm{TAR}(t)`,
    digits: 4,
    isDistance: true,
    of: ({ eerThreshold }) => eerThreshold,
  },
  {
    name: 'TARAtFAR1e2',
    title: 'TAR at FAR 1 %',
    sentence: () => 'Share of genuine pairs accepted where one impostor pair in a hundred is.',
    tex: String.raw`\mathrm{TAR}(\mathrm{FAR}=10^{-2})`,
    better: 'higher',
    digits: 3,
    of: ({ tarAtFar1e2 }) => tarAtFar1e2,
  },
  {
    name: 'TARAtFAR1e3',
    title: 'TAR at FAR 0.1 %',
    sentence: () => 'Share of genuine pairs accepted where one impostor pair in a thousand is.',
    tex: String.raw`\mathrm{TAR}(\mathrm{FAR}=10^{-3})`,
    better: 'higher',
    digits: 3,
    of: ({ tarAtFar1e3 }) => tarAtFar1e3,
  },
  {
    name: 'DPrime',
    title: 'd′',
    sentence: () => 'Distance of the two distributions’ means in their standard deviations.',
    tex: String.raw`\frac{|m_g-m_i|}{\sqrt{(s_g^2+s_i^2)/2}}`,
    better: 'higher',
    digits: 3,
    of: ({ dPrime }) => dPrime,
  },
  {
    name: 'LFW',
    title: 'Verification accuracy',
    heading: 'ten folds',
    sentence: (by) =>
      `Share of pairs decided rightly by ${by} distance: on ten folds of ${FOLD_PAIRS} genuine and ${FOLD_PAIRS} impostor pairs, the threshold that is best on nine decides the tenth (the protocol of Labeled Faces in the Wild).`,
    tex: String.raw`\tfrac1{10}\sum_f \mathrm{acc}_f(t_{-f})`,
    better: 'higher',
    digits: 4,
    of: ({ mean }) => mean,
  },
  {
    name: 'LFWDeviation',
    title: 'Deviation of verification accuracy',
    sentence: () => 'Standard deviation of the verification accuracy over its ten folds.',
    tex: String.raw`\operatorname{sd}_f\mathrm{acc}_f(t_{-f})`,
    digits: 4,
    of: ({ deviation }) => deviation,
  },
];

/** The name of a measure of verification: `euclideanAUC`, `unseenCosineEER`, … */
export function verificationName(metric: Metric, quantity: QuantityName, part: '' | 'unseen' = ''): string {
  return part === '' ? metric + quantity : part + metric.charAt(0).toUpperCase() + metric.slice(1) + quantity;
}

function recordsOf({ prefix, words }: Part, metric: Metric): Measure[] {
  const verification = (context: MeasureContext) => {
    const scores = context.once(STEPS[prefix].scores[metric]);
    return scores && { ...verify(scores), ...foldAccuracy(scores) };
  };
  const { adjective } = METRIC_TEXTS[metric];
  const hasColumns = prefix === '' && metric === 'euclidean';
  return QUANTITIES.map(({ name, title, sentence, of, isDistance, shown, ...rest }) => ({
    ...rest,
    name: verificationName(metric, name, prefix),
    title: `${title}${words}, ${adjective}`,
    heading: rest.heading ?? title,
    sentence:
      words === ''
        ? sentence(adjective)
        : `${sentence(adjective)} Among the classes that training never saw.`,
    ...(isDistance && metric === 'euclidean' ? { scale: 'arbitrary' } : {}),
    ...(hasColumns && shown !== undefined ? { shown } : {}),
    when: 'evaluation',
    compute: (context) => {
      const found = context.once(verification);
      return found && of(found);
    },
  }));
}

export const VERIFICATION = METRICS.flatMap((metric) => recordsOf(SEEN, metric));
export const UNSEEN_VERIFICATION = METRICS.flatMap((metric) => recordsOf(UNSEEN, metric));
