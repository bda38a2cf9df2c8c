/**
 * The flags that say what is minimised: --preset, --lambda, --head, --centre, --metric, --set and --margins. Which
 * terms there are and what can be set comes from their records.
 */

import {
  type Objective,
  objectiveOf,
  valueIn,
  valuesOf,
  WEIGHT_RANGE,
  type WeightedTerm,
  weightedTerm,
  withTerm,
} from '../src/losses/objective.ts';
import { LETTER_PRESETS, PRESETS, presetLike, presetNamed } from '../src/losses/presets.ts';
import { type Knob, type KnobValue, SLOTS, type Slot } from '../src/losses/term.ts';
import { LETTER_TERMS, termOf, termsIn } from '../src/losses/terms.ts';
import { numberIn, numbers, oneOf, refuseTwice, UsageError } from './flags.ts';
import type { FlagsOf } from './lib/commands.mjs';

export type ObjectiveValues = Pick<
  FlagsOf<'experiment'>,
  'preset' | 'lambda' | 'margins' | 'head' | 'centre' | 'metric' | 'set'
>;

/** Of an objective that no preset is like. */
const CUSTOM = 'custom';

/** The name of the preset with these terms and weights, or 'custom'. */
export function presetNameOf(objective: Objective): string {
  return presetLike(objective)?.name ?? CUSTOM;
}

/** The objectives that flags ask for: the letter's six where they say nothing. @throws UsageError */
export function objectivesOf(values: ObjectiveValues): Objective[] {
  const changes = changesIn(values);
  return withoutKnobs(values).map((objective) => withKnobs(objective, changes, values));
}

/** A sentence for each knob that these flags set and no run minimises: its term's weight is 0 in all of them. */
export function knobsAtRest(values: ObjectiveValues): string[] {
  const objectives = objectivesOf(values);
  return changesIn(values).flatMap((change) => {
    const terms = objectives.map((objective) => objective[placeOf(change, objective, values).slot]);
    if (terms.some(({ weight }) => weight > 0)) return [];
    const ids = [...new Set(terms.map(({ id }) => id))].join(', ');
    return [`${change.flag} sets ${change.key} of ${ids}, whose weight is 0: it changes nothing.`];
  });
}

function changesIn({ margins, set }: ObjectiveValues): Change[] {
  return [...marginChanges(margins), ...setChanges(set)];
}

function withoutKnobs(values: ObjectiveValues): Objective[] {
  const { preset, lambda } = values;
  const ids = idsIn(values);
  if (lambda !== undefined) {
    if (preset !== undefined) throw new UsageError('--lambda and --preset contradict each other: give one.');
    const [head, centre, metric] = numbers('--lambda', lambda, [WEIGHT_RANGE, WEIGHT_RANGE, WEIGHT_RANGE]);
    return [objectiveOf({ head, centre, metric } as Record<Slot, number>, termsOf(ids))];
  }
  if (preset === undefined && Object.keys(ids).length > 0) return [ofTerms(ids)];
  const names = preset?.flatMap((text) => text.split(',')) ?? LETTER_PRESETS.map(({ name }) => name);
  const known = PRESETS.map(({ name }) => name);
  refuseTwice('--preset', names);
  return names.map((text) => exchanged(presetNamed(oneOf('--preset', text, known)).objective, ids));
}

type Ids = Partial<Record<Slot, string>>;

function idsIn(values: ObjectiveValues): Ids {
  const given = SLOTS.flatMap((slot): [Slot, string][] => {
    const text = values[slot];
    const known = termsIn(slot).map(({ id }) => id);
    return text === undefined ? [] : [[slot, oneOf(`--${slot}`, text, known)]];
  });
  return Object.fromEntries(given);
}

function termsOf(ids: Ids): Partial<Record<Slot, WeightedTerm>> {
  return Object.fromEntries(Object.entries(ids).map(([slot, id]) => [slot, weightedTerm(id, 0)]));
}

/** These terms at their own weights and nothing else; a centre term alone stands beside softmax. */
function ofTerms(ids: Ids): Objective {
  const weight = (slot: Slot) => (ids[slot] === undefined ? 0 : termOf(ids[slot]).weight);
  const isCentreAlone = ids.head === undefined && ids.metric === undefined;
  const head = isCentreAlone ? termOf(LETTER_TERMS.head).weight : weight('head');
  return objectiveOf({ head, centre: weight('centre'), metric: weight('metric') }, termsOf(ids));
}

/** A preset with other terms in some slots, at the preset's weights; at their own where it has none. */
function exchanged(objective: Objective, ids: Ids): Objective {
  return SLOTS.reduce((changed, slot) => {
    const id = ids[slot];
    if (id === undefined || id === objective[slot].id) return changed;
    return withTerm(changed, slot, weightedTerm(id, objective[slot].weight || termOf(id).weight));
  }, objective);
}

/** A knob's new value, as it was given. */
interface Change {
  readonly flag: string;
  readonly slot?: Slot | undefined;
  readonly key: string;
  readonly text: string;
}

function marginChanges(text: string | undefined): Change[] {
  if (text === undefined) return [];
  const keys = ['alphaPlus', 'alphaMinus'];
  const knobs = keys.map((key) => termOf(LETTER_TERMS.metric).knobs.find((knob) => knob.key === key));
  const ranges = knobs.map((knob) => (knob?.kind === 'number' ? knob.range : WEIGHT_RANGE));
  const given = numbers('--margins', text, ranges);
  return keys.map((key, i) => ({ flag: '--margins', slot: 'metric', key, text: String(given[i]) }));
}

function setChanges(texts: readonly string[] = []): Change[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => {
      const [, slot, key, value] = /^(?:([^.=]*)\.)?([^.=]+)=(.+)$/.exec(text) ?? [];
      if (key === undefined || value === undefined) {
        throw new UsageError(`--set takes key=value with commas between, not “${text}”.`);
      }
      return {
        flag: '--set',
        slot: slot === undefined ? undefined : oneOf(`--set ${text}: the slot`, slot, SLOTS),
        key: key.trim(),
        text: value.trim(),
      };
    });
}

function withKnobs(objective: Objective, changes: readonly Change[], values: ObjectiveValues): Objective {
  const seen = new Set<string>();
  const result = changes.reduce((changed, change) => {
    const { slot, knob } = placeOf(change, objective, values);
    const place = `${slot}.${knob.key}`;
    if (seen.has(place)) throw new UsageError(`${knob.key} is given twice.`);
    seen.add(place);
    const knobs = { ...changed[slot].knobs, [knob.key]: settingOf(knob, change) };
    return withTerm(changed, slot, { knobs });
  }, objective);
  refuseCrossedMargins(result);
  return result;
}

/** A sample inside of α₊ of its own centre would already be too near to another's. */
function refuseCrossedMargins({ metric: { knobs } }: Objective): void {
  const { alphaPlus, alphaMinus } = knobs;
  if (typeof alphaPlus !== 'number' || typeof alphaMinus !== 'number' || alphaPlus <= alphaMinus) return;
  throw new UsageError(
    `α₊ (inside, ${alphaPlus}) must not be larger than α₋ (outside, ${alphaMinus}): the margins cross.`,
  );
}

/** The knob that is meant: of the terms with a weight or named by a flag first, then of those that rest. */
function placeOf({ flag, slot, key }: Change, objective: Objective, values: ObjectiveValues) {
  const all = (slot === undefined ? SLOTS : [slot]).flatMap((each) =>
    termOf(objective[each].id).knobs.map((knob) => ({ slot: each, knob })),
  );
  const named = all.filter(({ knob }) => knob.key === key);
  const chosen = named.filter((each) => objective[each.slot].weight > 0 || values[each.slot] !== undefined);
  const [place, other] = chosen.length > 0 ? chosen : named;
  if (place === undefined) {
    const where = slot === undefined ? 'these terms have' : `${objective[slot].id} has`;
    const known = all.map(({ knob }) => knob.key).join(', ') || 'nothing';
    throw new UsageError(`${flag}: ${where} ${known} to set, and no “${key.slice(0, 40)}”.`);
  }
  if (other !== undefined) {
    const [one, two] = [place, other].map((each) => `${each.slot}.${key}`);
    throw new UsageError(`${flag}: ${key} is in two slots: write ${one} or ${two}.`);
  }
  return place;
}

function settingOf(knob: Knob, { flag, text }: Change): KnobValue {
  const value = valueIn(knob, text, numberIn);
  if (value === undefined) throw new UsageError(`${flag}: ${valuesOf(knob)}, not “${text}”.`);
  return value;
}

/** Flags that ask for exactly this objective. */
export function flagsOf(objective: Objective): string[] {
  const preset = presetLike(objective);
  const isPreset =
    preset !== undefined && SLOTS.every((slot) => preset.objective[slot].id === objective[slot].id);
  const terms = isPreset
    ? ['--preset', preset.name]
    : [
        ...['--lambda', SLOTS.map((slot) => objective[slot].weight).join(',')],
        ...SLOTS.flatMap((slot) => [`--${slot}`, objective[slot].id]),
      ];
  const changed = SLOTS.flatMap((slot) => {
    const { id, knobs } = objective[slot];
    return termOf(id)
      .knobs.filter((knob) => knobs[knob.key] !== knob.default)
      .map((knob) => `${slot}.${knob.key}=${knobs[knob.key]}`);
  });
  return [...terms, ...(changed.length > 0 ? ['--set', changed.join(',')] : [])];
}
