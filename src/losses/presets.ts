/**
 * Objectives with a name: the letter's six combinations (Gao et al. 2018, Table III), with the lab's weights, since the
 * letter's own were for faces; and each further term by itself. What a term asks to come first does, by the schedule.
 */

import {
  activeTerms,
  hasSameTerms,
  type Objective,
  objectiveOf,
  type WeightedTerm,
  weightedTerm,
} from './objective.ts';
import { type KnobValue, SLOTS, type TermPreset, type TermRecord } from './term.ts';
import { LETTER_TERMS, TERM_RECORDS, termOf } from './terms.ts';

export interface Preset {
  /** On the command line and in results, e.g. 'S+C' or 'arcface'. */
  readonly name: string;
  readonly title: string;
  readonly objective: Objective;
  /** What it shows, where that is more than its terms' sentences say. */
  readonly sentence?: string;
  /** The term that it is about, where it is of one. */
  readonly term?: TermRecord;
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
function presetOfTerm(record: TermRecord): Preset {
  const { id, slot, title, sentence } = record;
  const name = slot === 'centre' ? `Softmax + ${title.toLowerCase()}` : title;
  return presetOf(record, { name: id, title: name, sentence, knobs: {} });
}

/** The weight of softmax in the presets of a term. */
export function softmaxBeside({ slot, besideSoftmax }: TermRecord): number {
  return besideSoftmax ?? (slot === 'centre' ? 1 : 0);
}

function presetOf(term: TermRecord, { name, title, sentence, knobs, weight }: TermPreset): Preset {
  const { id, slot } = term;
  const own = weight ?? term.weight;
  const weights = { head: softmaxBeside(term), centre: 0, metric: 0, [slot]: own };
  return {
    name,
    title,
    sentence,
    term,
    objective: objectiveOf(weights, { [slot]: weightedTerm(id, own, knobs) }),
  };
}

const isLetters = ({ id, slot }: TermRecord) => LETTER_TERMS[slot] === id;

/** None of the letter's, in the order of the registry. */
export const FURTHER_PRESETS: readonly Preset[] = TERM_RECORDS.flatMap((record) => [
  ...(isLetters(record) ? [] : [presetOfTerm(record)]),
  ...(record.presets ?? []).map((preset) => presetOf(record, preset)),
]);

/** In the order of menus. */
export const PRESETS: readonly Preset[] = [...LETTER_PRESETS, ...FURTHER_PRESETS];

/** The name of a preset's pictures: docs/losses/NAME.svg, and public/losses/NAME.svg, small. */
export function pictureName({ name }: Preset): string {
  return name.toLowerCase().replaceAll('+', '-');
}

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

/**
 * The preset with the same terms at the same weights, or undefined for an objective of one's own. Of its knobs those
 * count that make it what it is: variants, and what it sets away from a default. Of several the one that says most.
 */
export function presetLike(objective: Objective): Preset | undefined {
  const like = PRESETS.filter(
    (preset) =>
      hasSameTerms(preset.objective, objective) &&
      activeTerms(preset.objective).every((term) => {
        const { slot, knobs } = termOf(term.id);
        const given = objective[slot].knobs;
        const settingOf = (key: string) => given[key] ?? knobs.find((knob) => knob.key === key)?.default;
        return ownKnobs(term).every(([key, value]) => settingOf(key) === value);
      }),
  );
  const says = (preset: Preset) => activeTerms(preset.objective).flatMap(ownKnobs).length;
  return like.reduce<Preset | undefined>(
    (most, preset) => (most === undefined || says(preset) > says(most) ? preset : most),
    undefined,
  );
}

/** What makes a preset's term what it is: its variants, and numbers away from their defaults. */
function ownKnobs({ id, knobs }: WeightedTerm): [string, KnobValue][] {
  return termOf(id)
    .knobs.filter((knob) => knob.kind !== 'number' || knobs[knob.key] !== knob.default)
    .map((knob) => [knob.key, knobs[knob.key] ?? knob.default]);
}

/** A preset's objective with the other knobs that its terms have in another objective. */
export function withKnobsOf({ objective }: Preset, other: Objective): Objective {
  const entries = SLOTS.map((slot) => {
    const term = objective[slot];
    if (term.id !== other[slot].id) return [slot, term];
    const kept = term.weight === 0 ? {} : Object.fromEntries(ownKnobs(term));
    return [slot, { ...term, knobs: { ...other[slot].knobs, ...kept } }];
  });
  return Object.fromEntries(entries) as Objective;
}
