/**
 * What a run is called that nobody has named: what it learns by, switches included, as in “Softmax → Margin”. A title is
 * a reader's own where it says anything else, so that links and files need not say who gave it.
 */

import { cut } from '../../data/visible-text.ts';
import { activeTerms, type Objective } from '../../losses/objective.ts';
import { PRESETS, presetLike } from '../../losses/presets.ts';
import { termOf } from '../../losses/terms.ts';
import type { Checkpoint, Experiment, RunSpec } from '../../training/link/protocol.ts';
import { whole } from '../parts/data-help.ts';
import { LONGEST_TITLE, titlesOf, uniqueTitle } from './titles.ts';

const ARROW = ' → ';
/** A number behind it makes it different from others. */
const LONGEST_NAME = LONGEST_TITLE - 2;
/** Switches that a caption tells one by one. */
const MOST_TOLD = 3;
const idsOf = (objective: Objective) => activeTerms(objective).map(({ id }) => id);

/** An objective by its terms, whatever their weights: 'Softmax + center'. */
function nameOfTerms(objective: Objective): string {
  const ids = idsOf(objective).join();
  const preset = PRESETS.find((each) => idsOf(each.objective).join() === ids);
  if (preset !== undefined) return preset.title;
  const terms = activeTerms(objective).map(({ id }) => termOf(id));
  return terms.map(({ title, word }, index) => (index === 0 ? title : word)).join(' + ') || 'No loss';
}

/** True for a name all of whose terms are minimised: “Softmax” of softmax with a little center, too. */
function isTrueOf(name: string, objective: Objective): boolean {
  const ids = idsOf(objective);
  const named = PRESETS.find(({ title }) => title === name);
  if (named === undefined) return name === nameOfTerms(objective);
  return idsOf(named.objective).every((id) => ids.includes(id));
}

/** A combination has its own name; weights of one's own leave the name as it is while that is true. */
function nameAfter(name: string | undefined, objective: Objective): string {
  const preset = presetLike(objective);
  if (preset !== undefined) return preset.title;
  return name !== undefined && isTrueOf(name, objective) ? name : nameOfTerms(objective);
}

/** A name and the step from which on it is the run's. */
export interface NamedSwitch {
  readonly step: number;
  readonly name: string;
}

/** What a run is called over time; its warm-up counts as what it prepares. Equal names are one. */
export function namesOf({ title, objective, before = [] }: RunSpec): readonly NamedSwitch[] {
  const names: NamedSwitch[] = [];
  let start = 0;
  for (const stage of [...before, { objective, until: Number.POSITIVE_INFINITY, isWarmUp: undefined }]) {
    const last = names.at(-1);
    if (!stage.isWarmUp) {
      const name = nameAfter(last?.name ?? firstNameIn(title), stage.objective);
      if (name !== last?.name) names.push({ step: last === undefined ? 0 : start, name });
    }
    start = stage.until;
  }
  return names;
}

/** As it stands at the beginning of a title, in full. */
function firstNameIn(title: string): string | undefined {
  const [first] = withoutNumber(title).split(ARROW);
  return PRESETS.find(({ name }) => name === first)?.title ?? first;
}

/**
 * 'Softmax', 'Softmax → Margin', and of longer chains the ends: 'Softmax → … → Margin'. With the letter's short names
 * where the full ones have no room: 'S+C+M → C+M'.
 */
function nameOfRun(spec: RunSpec): string {
  const names = namesOf(spec).map(({ name }) => name);
  const ends = names.length < 3 ? names : [names[0], '…', names.at(-1)];
  const full = ends.join(ARROW);
  if (ends.length < 2 || full.length <= LONGEST_NAME) return cut(full, LONGEST_NAME);
  const short = ends.map((end) => PRESETS.find(({ title }) => title === end)?.name ?? end);
  return cut(short.join(ARROW), LONGEST_NAME);
}

/**
 * The switches with their steps: 'Softmax → Margin at step 1,664'; of more than a few, the last. Undefined where there
 * is none.
 */
export function switchesText(spec: RunSpec): string | undefined {
  const [first, ...later] = namesOf(spec);
  const last = later.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const told = ({ step, name }: NamedSwitch) => `${name} at step ${whole(step)}`;
  if (later.length <= MOST_TOLD) return [first.name, ...later.map(told)].join(ARROW);
  return `${[first.name, '…', told(last)].join(ARROW)} (${later.length} switches)`;
}

/** The same for a title that names the switches already: 'at step 1,664', 'at steps 1,664, 2,000'. */
export function switchStepsText(spec: RunSpec): string | undefined {
  const steps = namesOf(spec)
    .slice(1)
    .map(({ step }) => whole(step));
  if (steps.length === 0) return undefined;
  if (steps.length > MOST_TOLD) return `${steps.length} switches, the last at step ${steps.at(-1)}`;
  return `at step${steps.length === 1 ? '' : 's'} ${steps.join(', ')}`;
}

/** True where a reader named the run. */
export function isTitled(spec: RunSpec): boolean {
  const name = nameOfRun(spec);
  return spec.title !== name && withoutNumber(spec.title) !== name;
}

/** The runs after a change, in the same order: those that nobody has named are called by what they are now. */
export function retitled(before: readonly RunSpec[], after: readonly RunSpec[]): readonly RunSpec[] {
  const runs = [...after];
  for (const [index, spec] of after.entries()) {
    const old = before[index];
    if (old === undefined || old === spec || isTitled(old) || !isTitled(spec)) continue;
    runs[index] = { ...spec, title: uniqueTitle(nameOfRun(spec), titlesOf(runs, index)) };
  }
  return runs;
}

/** A checkpoint with what only the page knows: the runs’ titles, and the wish for a backend. */
export function asOnPage(checkpoint: Checkpoint, { backend, runs }: Experiment): Checkpoint {
  const named = checkpoint.experiment.runs.map((run, index) => ({
    ...run,
    title: runs[index]?.title ?? run.title,
  }));
  // It may be of before a switch that the page has in its titles.
  return { ...checkpoint, experiment: { ...checkpoint.experiment, backend, runs: retitled(runs, named) } };
}

/** 'Margin 2' is called Margin, and has a number because another one is, too. */
const withoutNumber = (title: string) => title.replace(/ \d+$/, '');
