/** The runs of the study that docs/results.md reports: what is trained, with which flags. */

export const PRESETS = ['S', 'S+C', 'S+M', 'S+C+M', 'C+M', 'M'];
/** The rows of the letter's Table II; the other combinations come after them. */
const TABLE_TWO = ['S', 'S+C', 'C+M', 'M'];
const OTHERS = ['S+M', 'S+C+M'];
export const SEEDS = [1, 2, 3, 4, 5];
export const EPOCHS = 5;
export const HELD_OUT = '8,9';
/** LeNets++ takes some 75 times the work: two runs of one epoch take two cores half an hour. */
export const LARGE_EPOCHS = 1;

const flagsOf = ({ preset, seed, network = 'compact', epochs = EPOCHS, heldOut, warmUp }) => [
  ...['--preset', preset, '--seed', String(seed), '--network', network, '--epochs', String(epochs)],
  ...(heldOut === undefined ? [] : ['--hold-out', heldOut]),
  ...(warmUp === undefined ? [] : ['--warm-up', String(warmUp)]),
];

const job = (study, settings) => ({ study, settings, flags: flagsOf(settings) });

/** In the order of their worth: who stops early has the most. */
export const JOBS = [
  ...SEEDS.flatMap((seed) => TABLE_TWO.map((preset) => job('closed set', { preset, seed }))),
  ...SEEDS.flatMap((seed) => OTHERS.map((preset) => job('closed set', { preset, seed }))),
  ...SEEDS.map((seed) => job('margin from the start', { preset: 'M', seed, warmUp: 0 })),
  ...SEEDS.flatMap((seed) => PRESETS.map((preset) => job('open set', { preset, seed, heldOut: HELD_OUT }))),
  ...['M', 'S'].map((preset) =>
    job('LeNets++', { preset, seed: 1, network: 'lenets++', epochs: LARGE_EPOCHS }),
  ),
];

/** The study that a result belongs to, by its settings. */
export function studyOf({ network, heldOut, warmUp, preset }) {
  if (network === 'lenets++') return 'LeNets++';
  if (heldOut.length > 0) return 'open set';
  return preset === 'M' && warmUp === 0 ? 'margin from the start' : 'closed set';
}

export function keyOfJob({
  study,
  settings: { preset, seed, network = 'compact', epochs = EPOCHS, heldOut = '' },
}) {
  return [study, preset, seed, network, epochs, heldOut].join(' ');
}

export function keyOfResult(result) {
  const { preset, seed, network, epochs, heldOut } = result;
  return [studyOf(result), preset, seed, network, epochs, heldOut.join(',')].join(' ');
}
