/**
 * Objectives with a name: the letter's six combinations (Gao et al. 2018, Table III), with the lab's weights, since the
 * letter's own were for faces; and each further term by itself. What a term asks to come first does, by the schedule.
 */

import { hasSameTerms, type Objective, objectiveOf, weightedTerm } from './objective.ts';
import { SLOTS, type TermRecord } from './term.ts';
import { LETTER_TERMS, TERM_RECORDS, termOf } from './terms.ts';

export interface Preset {
  /** On the command line and in results, e.g. 'S+C' or 'arcface'. */
  readonly name: string;
  readonly title: string;
  readonly objective: Objective;
}

const CENTER = termOf(LETTER_TERMS.centre).weight;
const MARGIN = termOf(LETTER_TERMS.metric).weight;
/** Of margin beside softmax, chosen on a split of the training set: docs/defaults.md. The letter's own for faces. */
const MARGIN_BESIDE_SOFTMAX = 0.015;

const letter = (
  name: string,
  title: string,
  [head, centre, metric]: readonly [number, number, number],
): Preset => ({
  name,
  title,
  objective: objectiveOf({ head, centre, metric }),
});

export const LETTER_PRESETS: readonly Preset[] = [
  letter('S', 'Softmax', [1, 0, 0]),
  letter('S+C', 'Softmax + center', [1, CENTER, 0]),
  letter('S+M', 'Softmax + margin', [1, 0, MARGIN_BESIDE_SOFTMAX]),
  letter('S+C+M', 'Softmax + center + margin', [1, CENTER, MARGIN_BESIDE_SOFTMAX]),
  letter('C+M', 'Center + margin, tuned', [0, CENTER, MARGIN]),
  letter('M', 'Margin', [0, 0, MARGIN]),
];

/** Of a term that is none of the letter's: a head and a metric term alone, a centre term beside softmax. */
function presetOfTerm({ id, slot, title, weight }: TermRecord): Preset {
  const weights = { head: slot === 'centre' ? 1 : 0, centre: 0, metric: 0, [slot]: weight };
  const name = slot === 'centre' ? `Softmax + ${title.toLowerCase()}` : title;
  return { name: id, title: name, objective: objectiveOf(weights, { [slot]: weightedTerm(id, weight) }) };
}

const isLetters = ({ id, slot }: TermRecord) => LETTER_TERMS[slot] === id;

/** In the order of menus. */
export const PRESETS: readonly Preset[] = [
  ...LETTER_PRESETS,
  ...TERM_RECORDS.filter((record) => !isLetters(record)).map(presetOfTerm),
];

/** The three that a panel's "Loss" radios offer. */
export const RADIO_PRESETS: readonly Preset[] = ['S', 'S+C', 'M'].map(presetNamed);

/** @throws RangeError for an unknown name */
export function presetNamed(name: string): Preset {
  const preset = PRESETS.find((candidate) => candidate.name === name);
  if (preset === undefined) throw new RangeError(`There is no preset “${name.slice(0, 40)}”.`);
  return preset;
}

/** A run as it begins from a preset. @throws RangeError for an unknown name */
export function runOf(name: string): Pick<Preset, 'title' | 'objective'> {
  const { title, objective } = presetNamed(name);
  return { title, objective };
}

/** The preset with the same terms at the same weights, or undefined for an objective of one's own. Knobs do not matter. */
export function presetLike(objective: Objective): Preset | undefined {
  return PRESETS.find((preset) => hasSameTerms(preset.objective, objective));
}

/** A preset's objective with the knobs that its terms have in another one. */
export function withKnobsOf({ objective }: Preset, other: Objective): Objective {
  const entries = SLOTS.map((slot) => {
    const term = objective[slot];
    return [slot, term.id === other[slot].id ? { ...term, knobs: other[slot].knobs } : term];
  });
  return Object.fromEntries(entries) as Objective;
}
