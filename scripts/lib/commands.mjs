// @ts-check
/**
 * The commands of `npm run`: what each takes, in words and for the parser. Plain JavaScript, so that a mistyped flag is
 * refused and `--help` answered before anything is set up.
 */

import { parseArgs } from 'node:util';

/** Thrown with a sentence for a command line that can't be followed. */
export class UsageError extends Error {
  exitCode = 2;
}

const TEXT = /** @type {const} */ ({ type: 'string' });
const TEXTS = /** @type {const} */ ({ type: 'string', multiple: true });
const SWITCH = /** @type {const} */ ({ type: 'boolean' });
const HELP = /** @type {const} */ ({ help: { type: 'boolean', short: 'h' } });

/** By the name of the entry point. `words` are what may stand before the flags, one of them; then a file, where one is taken. */
export const COMMANDS = /** @type {const} */ ({
  start: {
    usage: 'npm start',
    about:
      'Sets up, builds the lab and serves it at http://localhost:4173/. PORT=8080 npm start takes another port.',
    flags: HELP,
  },
  test: {
    usage: 'npm test, or npm run test:faults',
    about: 'Runs the checks, the unit tests and the end-to-end tests; test:faults those that break things.',
    flags: HELP,
    words: ['faults'],
  },
  'prepare-data': {
    usage: 'npm run prepare:data',
    about: 'Makes public/data from the packages that the data sets come from, where it is not whole.',
    flags: HELP,
  },
  data: {
    usage: 'npm run data -- fashion-mnist [--from FOLDER]',
    about:
      'Prepares a data set that does not come with npm, from four IDX files, gzipped or not: of FOLDER, else of the Debian package.',
    flags: { from: TEXT, ...HELP },
    words: ['fashion-mnist'],
  },
  'build-kernels': {
    usage: 'npm run prepare:kernels',
    about: 'Builds the WebAssembly kernels from assembly/, where they are not what it makes.',
    flags: HELP,
  },
  walls: {
    usage: 'npm run walls, or npm run graph',
    about: 'Says which imports cross a wall; graph draws all of them to docs/imports.svg.',
    flags: HELP,
    words: ['draw'],
  },
  experiment: {
    usage: 'npm run --silent experiment -- [FLAGS]',
    about: 'Trains without a page and prints the measures of every run.',
    flags: {
      preset: TEXTS,
      lambda: TEXT,
      margins: TEXT,
      head: TEXT,
      centre: TEXT,
      metric: TEXT,
      set: TEXTS,
      data: TEXT,
      network: TEXT,
      epochs: TEXT,
      seed: TEXT,
      seeds: TEXT,
      'hold-out': TEXT,
      'hold-out-classes': TEXT,
      'batch-size': TEXT,
      'label-noise': TEXT,
      augment: TEXT,
      'warm-up': TEXT,
      'learning-rate': TEXT,
      dim: TEXT,
      'pair-seeds': TEXT,
      json: SWITCH,
      features: TEXT,
      picture: TEXT,
      jobs: TEXT,
      keep: TEXT,
      ...HELP,
    },
    helpsItself: true,
  },
  loss: {
    usage: 'npm run --silent loss -- --cases FILE',
    about: 'Evaluates losses and their gradients on the numbers in FILE; - reads standard input.',
    flags: { cases: TEXT, ...HELP },
    helpsItself: true,
  },
  reproduce: {
    usage: 'npm run reproduce -- [--losses] [--write] [--prove] [--jobs N] [--faces FOLDER]',
    about:
      'Trains what the letter’s study still lacks, N runs side by side, for hours, and writes docs/results.md; with --losses the study of all losses and docs/losses.md; --write only writes them; --prove repeats runs of every kind and says whether today’s code gives the same to the bit; --faces is a folder with the faces that the study was made with, which are not in the repository.',
    flags: { losses: SWITCH, write: SWITCH, prove: SWITCH, jobs: TEXT, faces: TEXT, ...HELP },
  },
  tune: {
    usage: 'npm run tune -- [--jobs N]',
    about: 'Trains what docs/defaults.md still lacks, N candidates side by side, for hours, and writes it.',
    flags: { jobs: TEXT, ...HELP },
  },
  study: {
    usage: 'npm run --silent study -- list|run|merge PLAN.json [--task K] [--out FOLDER] [--jobs N]',
    about:
      'A study as independent tasks: list prints them, run does task K, or all that are missing, each leaving a file in FOLDER (results/NAME), merge checks and joins them (docs/scale.md).',
    flags: { task: TEXT, out: TEXT, jobs: TEXT, ...HELP },
    words: ['list', 'run', 'merge'],
    takesFile: true,
  },
  record: {
    usage: 'npm run record',
    about: 'Trains the recorded run and writes public/recording.mll, with its images and networks beside it.',
    flags: HELP,
  },
  animation: {
    usage: 'npm run animation',
    about: 'Photographs the built page and writes docs/forming.gif.',
    flags: HELP,
  },
  bench: {
    usage: 'npm run --silent bench -- [--json] [--page] [--peers]',
    about:
      'Measures how fast the lab is here; --json prints one object on one line, --page measures the page alone, --peers other libraries, too.',
    flags: { json: SWITCH, page: SWITCH, peers: SWITCH, ...HELP },
  },
  soak: {
    usage: 'npm run soak -- [--steps N] [--cores N]',
    about: 'Trains 20,000 steps, or N, in a Chromium, on one core or N, and fails where memory grows.',
    flags: { steps: TEXT, cores: TEXT, ...HELP },
  },
});

/** @typedef {keyof typeof COMMANDS} CommandName */
/**
 * @template {CommandName} N
 * @typedef {{ [F in keyof (typeof COMMANDS)[N]['flags']]?:
 *   (typeof COMMANDS)[N]['flags'][F] extends { type: 'boolean' } ? boolean :
 *   (typeof COMMANDS)[N]['flags'][F] extends { multiple: true } ? string[] : string }} FlagsOf
 */

/**
 * @param {string} name
 * @returns {name is CommandName}
 */
export function isCommand(name) {
  return Object.hasOwn(COMMANDS, name);
}

/**
 * The short help of a command: what it does and which flags it has.
 * @param {CommandName} name
 */
export function helpOf(name) {
  const { usage, about } = COMMANDS[name];
  const flags = flagNames(name).filter((flag) => flag !== '--help');
  return `Usage: ${usage}\n\n${about}${flags.length > 0 ? `\nFlags: ${flags.join(', ')}` : ''}`;
}

/**
 * The flags of a command line by name, each with what was given. Node's own strict mode says "ambiguous" of a value
 * that begins with a minus, and takes the last of two.
 *
 * @template {CommandName} N
 * @param {N} name
 * @param {readonly string[]} args
 * @returns {FlagsOf<N>}
 * @throws {UsageError} for what the command doesn't know, what is given twice, and values that are missing
 */
export function flagsIn(name, args) {
  /** @type {import('node:util').ParseArgsConfig['options'] & object} */
  const known = COMMANDS[name].flags;
  const { tokens } = parseArgs({ args: [...args], options: known, strict: false, tokens: true });
  /** @type {Record<string, boolean | string | string[]>} */
  const flags = {};
  for (const token of tokens) {
    if (token.kind === 'option-terminator') {
      throw new UsageError(`“--” is there for npm, once. Usage: ${COMMANDS[name].usage}`);
    }
    if (token.kind === 'positional') {
      refuseWord(name, token.value, token.index);
      continue;
    }
    const { name: flag, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(known, flag) ? known[flag] : undefined;
    if (option === undefined) throw new UsageError(unknown(name, rawName));
    if (option.type === 'boolean' && value !== undefined)
      throw new UsageError(`${rawName} takes no value, and was given “${value}”.`);
    if (option.type === 'string' && (!value || (!inlineValue && value.startsWith('--'))))
      throw new UsageError(`${rawName} needs a value.`);
    if (option.multiple) {
      const before = flags[flag];
      flags[flag] = [...(Array.isArray(before) ? before : []), value ?? ''];
    } else {
      if (flags[flag] !== undefined) throw new UsageError(`${rawName} is given twice.`);
      flags[flag] = value ?? true;
    }
  }
  return /** @type {FlagsOf<N>} */ (flags);
}

/**
 * Without -- before them npm keeps flags to itself, and the command would do something else, for hours.
 *
 * @param {CommandName} name
 * @param {NodeJS.ProcessEnv} environment
 * @throws {UsageError}
 */
export function refuseKeptByNpm(name, environment) {
  if (environment.npm_lifecycle_event !== name) return;
  const isKept = (/** @type {string} */ flag) => `npm_config_${flag.replaceAll('-', '_')}` in environment;
  const kept = Object.keys(COMMANDS[name].flags).find(isKept);
  if (kept === undefined) return;
  throw new UsageError(
    `npm has kept --${kept} to itself: flags stand behind --. Usage: ${COMMANDS[name].usage}`,
  );
}

/**
 * @param {CommandName} name
 * @param {string} word
 * @param {number} index among all arguments
 */
function refuseWord(name, word, index) {
  /** @type {{ words?: readonly string[], takesFile?: boolean, usage: string }} */
  const { words = [], takesFile = false, usage } = COMMANDS[name];
  if (takesFile && index === 1) return;
  if (index > 0 || !words.includes(word)) {
    throw new UsageError(`“${word}” is not understood: flags begin with --. Usage: ${usage}`);
  }
}

/**
 * @param {CommandName} name
 * @param {string} flag
 */
function unknown(name, flag) {
  const names = flagNames(name);
  const near = names.filter((each) => each.startsWith(flag) || distance(each, flag) <= 2);
  const known = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `known are ${names.join(', ')}.`;
  return `There is no flag ${flag}: ${known}`;
}

/** @param {CommandName} name */
function flagNames(name) {
  return Object.keys(COMMANDS[name].flags).map((flag) => `--${flag}`);
}

/**
 * Letters to change, take out or put in until one is the other (Levenshtein).
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const [left = 0, above = 0, corner = 0] = [next[j - 1], row[j], row[j - 1]];
      next.push(Math.min(left + 1, above + 1, corner + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
