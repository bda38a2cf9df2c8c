/**
 * The experiment as the URL's hash, and back. Whatever is unknown or out of range falls back to its
 * default and is reported, so that a link never breaks the page and never lies in silence.
 *
 *     #network=compact&backend=auto&seed=1&lr=0.001&warmup=468&out=8,9&run=Softmax*1*0*0*0.5*8
 *
 * A run's own form is run-link.ts's.
 */

import * as v from 'valibot';
import { RADIO_PRESETS } from '../losses/presets.ts';
import { defaultWarmUp } from '../losses/schedule.ts';
import {
  BACKEND_NAMES,
  type Experiment,
  LEARNING_RATE_RANGE,
  MAX_RUNS,
  MOST_HELD_OUT,
  NETWORK_NAMES,
  type RunSpec,
  SEED_RANGE,
  WARM_UP_RANGE,
} from '../training/protocol.ts';
import { formatRun, number, parseRun, short } from './run-link.ts';
import { withUniqueTitles } from './titles.ts';

export const DEFAULT_EXPERIMENT: Experiment = {
  network: 'compact',
  backend: 'auto',
  seed: 1,
  learningRate: 1e-3,
  warmUpSteps: defaultWarmUp(Number.POSITIVE_INFINITY),
  heldOut: [],
  runs: RADIO_PRESETS.map(({ title, objective }) => ({ title, objective })),
};

/** More than any link of ours; longer ones are not read. */
const LONGEST_HASH = 8000;

const whole = (min: number, max: number) => v.pipe(number(min, max), v.integer());

/** '8,9': digits, each once, in rising order however they are written. */
const digits = v.pipe(
  v.string(),
  v.regex(/^(\d(,\d)*)?$/),
  v.transform((text) => (text === '' ? [] : [...new Set(text.split(',').map(Number))].sort())),
  v.maxLength(MOST_HELD_OUT),
);

const FIELDS = {
  network: { key: 'network', schema: v.picklist(NETWORK_NAMES) },
  backend: { key: 'backend', schema: v.picklist(['auto', ...BACKEND_NAMES]) },
  seed: { key: 'seed', schema: whole(...SEED_RANGE) },
  learningRate: { key: 'lr', schema: number(...LEARNING_RATE_RANGE) },
  warmUpSteps: { key: 'warmup', schema: whole(...WARM_UP_RANGE) },
  heldOut: { key: 'out', schema: digits },
} as const;

/** '#…' for an experiment; `parseHash` reads it back to an equal one. */
export function formatHash(experiment: Experiment): string {
  const parameters = new URLSearchParams();
  for (const [name, { key }] of Object.entries(FIELDS)) {
    const text = String(experiment[name as keyof typeof FIELDS]);
    if (text !== '') parameters.set(key, text);
  }
  for (const run of experiment.runs) parameters.append('run', formatRun(run));
  return `#${parameters}`;
}

export interface ParsedHash {
  readonly experiment: Experiment;
  /** What could not be used, a sentence each; empty for a good link. */
  readonly problems: readonly string[];
}

/** Never throws. */
export function parseHash(hash: string): ParsedHash {
  const problems: string[] = [];
  if (hash.length > LONGEST_HASH) {
    return { experiment: DEFAULT_EXPERIMENT, problems: ['This link is too long to be one of the lab’s.'] };
  }
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const field = <Name extends keyof typeof FIELDS>(name: Name): Experiment[Name] => {
    const { key, schema } = FIELDS[name];
    const text = parameters.get(key);
    if (text === null) return DEFAULT_EXPERIMENT[name];
    const result = v.safeParse(schema, text);
    if (result.success) return result.output as Experiment[Name];
    problems.push(
      `“${short(text)}” is no value for ${key}; ${String(DEFAULT_EXPERIMENT[name]) || 'none'} is used.`,
    );
    return DEFAULT_EXPERIMENT[name];
  };
  const known = new Set<string>(['run', ...Object.values(FIELDS).map(({ key }) => key)]);
  for (const key of new Set(parameters.keys())) {
    if (!known.has(key)) problems.push(`The link’s setting “${short(key)}” is unknown and was left out.`);
  }
  const experiment = {
    network: field('network'),
    backend: field('backend'),
    seed: field('seed'),
    learningRate: field('learningRate'),
    warmUpSteps: field('warmUpSteps'),
    heldOut: field('heldOut'),
    runs: runsOf(parameters.getAll('run'), problems),
  };
  return { experiment, problems };
}

function runsOf(texts: readonly string[], problems: string[]): readonly RunSpec[] {
  const runs: RunSpec[] = [];
  for (const text of texts) {
    const inParts: string[] = [];
    const run = parseRun(text, inParts);
    if (run === undefined) problems.push(`The run “${short(text)}” could not be read and was left out.`);
    else if (runs.length >= MAX_RUNS) problems.push(`Only ${MAX_RUNS} runs fit; one was left out.`);
    else {
      problems.push(...inParts);
      runs.push(run);
    }
  }
  return runs.length > 0 ? withUniqueTitles(runs) : DEFAULT_EXPERIMENT.runs;
}
