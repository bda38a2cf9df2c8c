/** The runs of the study that docs/results.md reports: what is trained, with which flags, and what comes back. */

import type { PairDraw } from './pair-draws.ts';

export const PRESETS = ['S', 'S+C', 'S+M', 'S+C+M', 'C+M', 'M'] as const;
export type Preset = (typeof PRESETS)[number];
/** The rows of the letter's Table II; the other combinations come after them. */
export const TABLE_TWO: readonly Preset[] = ['S', 'S+C', 'C+M', 'M'];
const OTHERS: readonly Preset[] = ['S+M', 'S+C+M'];
export const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
export const EPOCHS = 5;
const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
/** All pairs of digits, a run each that never sees the two. */
export const OPEN_PAIRS = DIGITS.flatMap((a) => DIGITS.slice(a + 1).map((b) => `${a},${b}`));
export const OPEN_EPOCHS = 2;
/** Widths of the feature layer beside two. */
export const DIMS = [3, 8, 32, 128];
export const FASHION_SEEDS = [1, 2, 3];
export const FACE_SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
/** Half an epoch: LeNets++ takes some hundred times the work. */
export const LARGE_EPOCHS = 0.5;
export const LARGE_SEEDS = [1, 2];
/** Draws of the pairs that verification decides, of the digits; of faces all pairs are taken. */
export const PAIR_SEEDS = 5;
/** Of all runs but those that say otherwise. */
export const USUAL_RATE = 1e-3;
/** Learning rates, chosen for each combination on the split of the training set (docs/defaults.md). */
export const TUNED_RATE: Readonly<Record<Preset, number>> = {
  S: 3e-3,
  'S+C': 3e-3,
  'S+M': 1e-2,
  'S+C+M': 3e-3,
  'C+M': 1e-2,
  M: 1e-2,
};
export const TUNED_SEEDS = SEEDS.slice(0, 5);
/** Margin loss from the start: the margins that work after softmax, and those that were chosen on the split for it. */
export const ALONE = { alphaPlus: 0, alphaMinus: 1.5, learningRate: 3e-3 };
/** Outer margins and learning rates that are tried from the start, with one seed and two epochs. */
export const MAP = { alphaMinus: [1, 2, 4, 8], learningRate: [5e-4, 1e-3, 3e-3], epochs: 2 };

export type StudyName =
  | 'closed set'
  | 'tuned rate'
  | 'margin from the start'
  | 'margin alone'
  | 'map'
  | 'open set'
  | 'dimensions'
  | 'Fashion-MNIST'
  | 'faces'
  | 'LeNets++';

/** What is not in the repository: these are repeated where they are given, and else kept as they are. */
export const ELSEWHERE: readonly StudyName[] = ['Fashion-MNIST', 'faces'];

export interface Job {
  readonly study: StudyName;
  readonly preset: Preset;
  /** What tells it from the study's other runs of the preset: a seed, or what is varied. */
  readonly variant: string;
  readonly seed: number;
  /** Of `npm run experiment`; FACES stands for the folder with faces. */
  readonly flags: readonly string[];
}

export const FACES = 'FACES';

/** What of a line of `npm run experiment` the study reads. */
export interface Result {
  readonly preset: string;
  readonly seed: number;
  readonly network: string;
  readonly data: string;
  readonly epochs: number;
  readonly steps: number;
  readonly seconds: number;
  readonly backend: string;
  readonly kernels: string;
  readonly commit: string | null;
  /** A digest of the code that made it. */
  readonly code: string;
  readonly command: readonly string[];
  readonly measures: Readonly<Record<string, number>>;
  readonly warmUp: number;
  readonly heldOut: readonly number[];
  readonly dim: number;
  readonly learningRate: number;
  /** Equal error rates by draw of the pairs. */
  readonly pairDraws?: readonly PairDraw[];
  readonly objective: { readonly metric: { readonly knobs: Readonly<Record<string, unknown>> } };
}

function job(
  study: StudyName,
  preset: Preset,
  seed: number,
  own: readonly string[],
  variant = `${seed}`,
): Job {
  const all = own.includes('--epochs') ? own : [...own, '--epochs', String(EPOCHS)];
  return { study, preset, seed, variant, flags: ['--preset', preset, '--seed', String(seed), ...all] };
}

const FACE_FLAGS = [
  ...['--data', FACES, '--epochs', '334', '--dim', '16', '--hold-out-classes', '10'],
  ...['--augment', 'shift-mirror', '--batch-size', '64', '--warm-up', '150'],
];
const fromStart = (
  { alphaPlus, alphaMinus, learningRate }: Record<'alphaPlus' | 'alphaMinus' | 'learningRate', number>,
  epochs = EPOCHS,
) => [
  ...['--warm-up', '0', '--margins', `${alphaPlus},${alphaMinus}`, '--learning-rate', String(learningRate)],
  ...['--epochs', String(epochs)],
];
/** The margins that work after softmax, and the usual rate. */
const AFTER_SOFTMAX = { alphaPlus: 0.5, alphaMinus: 8, learningRate: USUAL_RATE };
const DRAWS = ['--pair-seeds', String(PAIR_SEEDS)];

/** In the order of their worth: who stops early has the most. */
export const JOBS: readonly Job[] = [
  ...SEEDS.flatMap((seed) => TABLE_TWO.map((preset) => job('closed set', preset, seed, DRAWS))),
  ...SEEDS.flatMap((seed) => OTHERS.map((preset) => job('closed set', preset, seed, DRAWS))),
  ...FACE_SEEDS.flatMap((seed) => TABLE_TWO.map((preset) => job('faces', preset, seed, FACE_FLAGS))),
  ...FASHION_SEEDS.flatMap((seed) =>
    TABLE_TWO.map((preset) => job('Fashion-MNIST', preset, seed, ['--data', 'fashion-mnist'])),
  ),
  ...OPEN_PAIRS.flatMap((pair) =>
    TABLE_TWO.map((preset) =>
      job('open set', preset, 1, ['--hold-out', pair, '--epochs', String(OPEN_EPOCHS), ...DRAWS], pair),
    ),
  ),
  ...SEEDS.map((seed) => job('margin from the start', 'M', seed, fromStart(AFTER_SOFTMAX))),
  ...SEEDS.map((seed) => job('margin alone', 'M', seed, fromStart(ALONE))),
  ...TUNED_SEEDS.flatMap((seed) =>
    PRESETS.filter((preset) => TUNED_RATE[preset] !== USUAL_RATE).map((preset) =>
      job('tuned rate', preset, seed, ['--learning-rate', String(TUNED_RATE[preset])]),
    ),
  ),
  ...MAP.alphaMinus.flatMap((alphaMinus) =>
    MAP.learningRate.map((learningRate) => {
      const settings = { ...AFTER_SOFTMAX, alphaMinus, learningRate };
      return job('map', 'M', 1, fromStart(settings, MAP.epochs), `${alphaMinus} ${learningRate}`);
    }),
  ),
  ...DIMS.flatMap((dim) =>
    PRESETS.map((preset) => job('dimensions', preset, 1, ['--dim', String(dim)], String(dim))),
  ),
  ...LARGE_SEEDS.flatMap((seed) =>
    (['M', 'S'] as const).map((preset) =>
      job('LeNets++', preset, seed, ['--network', 'lenets++', '--epochs', String(LARGE_EPOCHS)]),
    ),
  ),
];

/** The study that a result belongs to, by its settings. */
export function studyOf({
  network,
  data,
  heldOut,
  warmUp,
  dim,
  epochs,
  learningRate,
  objective,
}: Result): StudyName {
  if (data === 'fashion-mnist') return 'Fashion-MNIST';
  if (data.includes('@')) return 'faces';
  if (network === 'lenets++') return 'LeNets++';
  if (heldOut.length > 0) return 'open set';
  if (dim > 2) return 'dimensions';
  const margin = objective.metric.knobs.alphaMinus;
  const isFromStart = warmUp === 0 && isMarginAlone(objective);
  if (!isFromStart) return learningRate === USUAL_RATE ? 'closed set' : 'tuned rate';
  if (epochs === MAP.epochs) return 'map';
  const isUsual = margin === AFTER_SOFTMAX.alphaMinus && learningRate === AFTER_SOFTMAX.learningRate;
  return isUsual ? 'margin from the start' : 'margin alone';
}

/** Only these begin without softmax. */
function isMarginAlone(objective: unknown): boolean {
  const weights = objective as Record<string, { readonly weight: number }>;
  return weights.head?.weight === 0 && weights.centre?.weight === 0 && (weights.metric?.weight ?? 0) > 0;
}

/** The preset of a result: with other margins it is still margin alone. */
export function presetIn(result: Result): string {
  return isMarginAlone(result.objective) ? 'M' : result.preset;
}

/** Equal for a job and for its result. */
export function keyOfJob({ study, preset, variant }: Job): string {
  return [study, preset, variant].join(' ');
}

export function keyOfResult(result: Result): string {
  return [studyOf(result), presetIn(result), variantOf(result)].join(' ');
}

/** What is varied in its study. */
export function variantOf(result: Result): string {
  switch (studyOf(result)) {
    case 'open set':
      return result.heldOut.join(',');
    case 'dimensions':
      return String(result.dim);
    case 'map':
      return `${result.objective.metric.knobs.alphaMinus} ${result.learningRate}`;
    default:
      return String(result.seed);
  }
}
