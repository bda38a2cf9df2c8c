/** The runs of the study that docs/results.md reports: what is trained, with which flags, and what comes back. */

export const PRESETS = ['S', 'S+C', 'S+M', 'S+C+M', 'C+M', 'M'] as const;
export type Preset = (typeof PRESETS)[number];
/** The rows of the letter's Table II; the other combinations come after them. */
const TABLE_TWO: readonly Preset[] = ['S', 'S+C', 'C+M', 'M'];
const OTHERS: readonly Preset[] = ['S+M', 'S+C+M'];
export const SEEDS = [1, 2, 3, 4, 5];
export const EPOCHS = 5;
export const HELD_OUT = '8,9';
/** LeNets++ takes some 75 times the work: two runs of one epoch take two cores half an hour. */
export const LARGE_EPOCHS = 1;
const DATA = 'mnist';

export type StudyName = 'closed set' | 'margin from the start' | 'open set' | 'LeNets++';

interface Settings {
  readonly preset: Preset;
  readonly seed: number;
  readonly network?: string;
  readonly epochs?: number;
  readonly heldOut?: string;
  readonly warmUp?: number;
}

export interface Job {
  readonly study: StudyName;
  readonly settings: Settings;
  /** Of `npm run experiment`. */
  readonly flags: readonly string[];
}

/** What of a line of `npm run experiment` the study reads. */
export interface Result {
  readonly preset: string;
  readonly seed: number;
  readonly network: string;
  /** Absent in lines from before data sets could be chosen. */
  readonly data?: string;
  readonly epochs: number;
  readonly steps: number;
  readonly seconds: number;
  readonly backend: string;
  readonly measures: Readonly<Record<string, number>>;
  readonly warmUp: number;
  readonly heldOut: readonly number[];
  readonly objective: unknown;
}

function flagsOf({
  preset,
  seed,
  network = 'compact',
  epochs = EPOCHS,
  heldOut,
  warmUp,
}: Settings): string[] {
  return [
    ...['--preset', preset, '--seed', String(seed), '--network', network, '--epochs', String(epochs)],
    ...(heldOut === undefined ? [] : ['--hold-out', heldOut]),
    ...(warmUp === undefined ? [] : ['--warm-up', String(warmUp)]),
  ];
}

const job = (study: StudyName, settings: Settings): Job => ({ study, settings, flags: flagsOf(settings) });

/** In the order of their worth: who stops early has the most. */
export const JOBS: readonly Job[] = [
  ...SEEDS.flatMap((seed) => TABLE_TWO.map((preset) => job('closed set', { preset, seed }))),
  ...SEEDS.flatMap((seed) => OTHERS.map((preset) => job('closed set', { preset, seed }))),
  ...SEEDS.map((seed) => job('margin from the start', { preset: 'M', seed, warmUp: 0 })),
  ...SEEDS.flatMap((seed) => PRESETS.map((preset) => job('open set', { preset, seed, heldOut: HELD_OUT }))),
  ...(['M', 'S'] as const).map((preset) =>
    job('LeNets++', { preset, seed: 1, network: 'lenets++', epochs: LARGE_EPOCHS }),
  ),
];

/** The study that a result belongs to, by its settings. */
export function studyOf({ network, heldOut, warmUp, preset }: Result): StudyName {
  if (network === 'lenets++') return 'LeNets++';
  if (heldOut.length > 0) return 'open set';
  return preset === 'M' && warmUp === 0 ? 'margin from the start' : 'closed set';
}

/** Equal for a job and for its result. */
export function keyOfJob({ study, settings }: Job): string {
  const { preset, seed, network = 'compact', epochs = EPOCHS, heldOut = '' } = settings;
  return [DATA, study, preset, seed, network, epochs, heldOut].join(' ');
}

export function keyOfResult(result: Result): string {
  const { data = DATA, preset, seed, network, epochs, heldOut } = result;
  return [data, studyOf(result), preset, seed, network, epochs, heldOut.join(',')].join(' ');
}
