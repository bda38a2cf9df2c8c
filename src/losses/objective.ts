/**
 * What a run minimises, as plain data: for each slot a term, its weight and its knobs. No tensors here.
 *
 *     J = λ₀·head + λ₁·centre term + λ₂·metric term
 *
 * The letter's objective (Gao et al. 2018, Eq. 6) is head softmax, centre term center, metric term margin.
 */

import {
  byKnobs,
  type Circle,
  type DecisionRule,
  type Knob,
  type Knobs,
  type KnobValue,
  type Lesson,
  SLOTS,
  type Slot,
  type TermRecord,
} from './term.ts';
import { LETTER_TERMS, maybeTerm, termOf } from './terms.ts';

/** A term of the objective. At weight 0 it rests, and keeps its knobs. */
export interface WeightedTerm {
  readonly id: string;
  /** λ, in WEIGHT_RANGE. */
  readonly weight: number;
  /** A value for every knob of the term. */
  readonly knobs: Knobs;
}

export type Objective = Readonly<Record<Slot, WeightedTerm>>;

/** Of every λ, closed. */
export const WEIGHT_RANGE = [0, 2] as const;

/** As formulas and sliders write the weight of each slot. */
export const WEIGHT_SYMBOLS: Readonly<Record<Slot, string>> = { head: 'λ₀', centre: 'λ₁', metric: 'λ₂' };

/** Every knob of a term at its default. */
export function defaultKnobs({ knobs }: TermRecord): Knobs {
  return Object.fromEntries(knobs.map((knob) => [knob.key, knob.default]));
}

/** The knobs of a term at every choice that it has, numbers and flags at their defaults: what its needs may depend on. */
export function knobSettings(record: TermRecord): readonly Knobs[] {
  return record.knobs.reduce<readonly Knobs[]>(
    (settings, knob) =>
      knob.kind !== 'choice'
        ? settings
        : settings.flatMap((knobs) => knob.options.map(({ value }) => ({ ...knobs, [knob.key]: value }))),
    [defaultKnobs(record)],
  );
}

/** A term with a weight; knobs that are left out are at their defaults. @throws RangeError for an unknown id */
export function weightedTerm(id: string, weight: number, knobs: Knobs = {}): WeightedTerm {
  return { id, weight, knobs: { ...defaultKnobs(termOf(id)), ...knobs } };
}

/** The letter's three terms with these weights, or other terms where they are given. */
export function objectiveOf(
  weights: Readonly<Record<Slot, number>>,
  terms: Partial<Readonly<Record<Slot, WeightedTerm>>> = {},
): Objective {
  const inSlot = (slot: Slot) => ({
    ...(terms[slot] ?? weightedTerm(LETTER_TERMS[slot], 0)),
    weight: weights[slot],
  });
  return { head: inSlot('head'), centre: inSlot('centre'), metric: inSlot('metric') };
}

/** The objective with part of one term changed. */
export function withTerm(objective: Objective, slot: Slot, change: Partial<WeightedTerm>): Objective {
  return { ...objective, [slot]: { ...objective[slot], ...change } };
}

/** The terms that are minimised: those with a weight. */
export function activeTerms(objective: Objective): readonly WeightedTerm[] {
  return SLOTS.map((slot) => objective[slot]).filter(({ weight }) => weight > 0);
}

/** True for the same term with equal weight and knobs. */
export function isSameTerm(a: WeightedTerm, b: WeightedTerm): boolean {
  return (
    a.id === b.id &&
    a.weight === b.weight &&
    keysOf(termOf(a.id)).every((key) => a.knobs[key] === b.knobs[key])
  );
}

/** Of its knobs, and of what it anneals. */
function keysOf({ knobs, annealed }: TermRecord): readonly string[] {
  return [...knobs.map(({ key }) => key), ...(annealed === undefined ? [] : [annealed.key])];
}

/** True where every slot has the same term with equal weight and knobs, those of weight 0 too. */
export function isSameObjective(a: Objective, b: Objective): boolean {
  return SLOTS.every((slot) => isSameTerm(a[slot], b[slot]));
}

/** True where both minimise the same terms at the same weights, whatever their knobs. */
export function hasSameTerms(a: Objective, b: Objective): boolean {
  return SLOTS.every((slot) => {
    const [one, other] = [a[slot], b[slot]];
    return one.weight === other.weight && (one.weight === 0 || one.id === other.id);
  });
}

/** How samples are classified: as the head does while it is active, else as the metric term does. */
export function decisionRuleOf(objective: Objective): DecisionRule {
  const { id, knobs } = decidingTerm(objective);
  return byKnobs(termOf(id).rule, knobs);
}

/** The distance in which features of this objective are compared. */
export function distanceOf(objective: Objective): 'euclidean' | 'cosine' {
  const { id, knobs } = decidingTerm(objective);
  return byKnobs(termOf(id).distance, knobs);
}

/** The term by which samples are classified. */
export function decidingTerm({ head, centre, metric }: Objective): WeightedTerm {
  if (head.weight > 0) return head;
  return metric.weight > 0 || centre.weight === 0 ? metric : centre;
}

/** How strongly the moving centres push each other apart: as the active terms ask together. */
export function centreSpreadOf(objective: Objective): number {
  return activeTerms(objective).reduce(
    (sum, { id, knobs }) => sum + (termOf(id).needs(knobs).centreSpread ?? 0),
    0,
  );
}

/** What a term of the objective does by its nature, and the objective that helps; undefined where it is a fault like any other. */
export function lessonOf(
  objective: Objective,
  failure: Lesson['failure'],
): { readonly lesson: Lesson; readonly remedy: Objective } | undefined {
  const active = activeTerms(objective);
  for (const { id, knobs } of active) {
    const { slot, lessons = [] } = termOf(id);
    const lesson = lessons.find(
      (each) => each.failure === failure && each.applies(knobs) && !(each.isAlone && active.length > 1),
    );
    if (lesson === undefined) continue;
    const { wayOut } = lesson;
    const changed = withTerm(objective, slot, { knobs: { ...knobs, ...wayOut.knobs } });
    const remedy = wayOut.head === undefined ? changed : withTerm(changed, 'head', { weight: wayOut.head });
    return { lesson, remedy };
  }
  return undefined;
}

/** The circles that a term draws round each centre, whatever its weight; none for most. */
export function circlesOf({ id, knobs }: WeightedTerm): readonly Circle[] {
  return termOf(id).circles?.(knobs) ?? [];
}

/** Radii in feature units: own samples belong inside the one, all others outside the other. */
export interface Margins {
  readonly inside: number;
  readonly outside: number;
}

/** What a run's samples are measured against: the circles of its metric term, else margin's usual ones. */
export function measuredMargins({ metric }: Objective): Margins {
  const usual = weightedTerm(LETTER_TERMS.metric, 0);
  const radius = (kind: Circle['kind']) =>
    [metric, usual].flatMap(circlesOf).find((circle) => circle.kind === kind)?.radius ?? 0;
  return { inside: radius('inside'), outside: radius('outside') };
}

/** True where a random start finds no good order of the classes: softmax alone comes first. */
export function startsWithSoftmax(objective: Objective): boolean {
  const { head } = objective;
  if (head.weight > 0) return asksForSoftmax(head);
  const active = activeTerms(objective);
  return active.length === 0 || active.some(asksForSoftmax);
}

function asksForSoftmax({ id, knobs }: WeightedTerm): boolean {
  return byKnobs(termOf(id).start, knobs) === 'softmax first';
}

/** The objective's softmax beginning: softmax alone, all knobs kept. */
export function softmaxAlone(objective: Objective): Objective {
  const head = objective.head.id === LETTER_TERMS.head ? objective.head : weightedTerm(LETTER_TERMS.head, 1);
  return {
    head: { ...head, weight: 1 },
    centre: { ...objective.centre, weight: 0 },
    metric: { ...objective.metric, weight: 0 },
  };
}

/** Thrown for what is no objective. */
export class ObjectiveError extends RangeError {}

/**
 * An objective from outside: a file, a message. Knobs that it leaves out are at their defaults; the form of the
 * lab's first files, five numbers, is read as well.
 *
 * @throws ObjectiveError with a sentence for an unknown term or knob, or a number out of its range
 */
export function parseObjective(value: unknown): Objective {
  if (!isObject(value)) throw new ObjectiveError('An objective is missing.');
  if ('lambda0' in value) return ofFirstForm(value);
  const inSlot = (slot: Slot) => parseTerm(slot, value[slot]);
  return { head: inSlot('head'), centre: inSlot('centre'), metric: inSlot('metric') };
}

/** { lambda0, lambda1, lambda2, alphaPlus, alphaMinus }: before terms were records. */
function ofFirstForm({
  lambda0,
  lambda1,
  lambda2,
  alphaPlus,
  alphaMinus,
}: Record<string, unknown>): Objective {
  const { head, centre, metric } = LETTER_TERMS;
  return {
    head: parseTerm('head', { id: head, weight: lambda0, knobs: {} }),
    centre: parseTerm('centre', { id: centre, weight: lambda1, knobs: {} }),
    metric: parseTerm('metric', { id: metric, weight: lambda2, knobs: { alphaPlus, alphaMinus } }),
  };
}

function parseTerm(slot: Slot, value: unknown): WeightedTerm {
  const { id, weight, knobs = {} } = isObject(value) ? value : {};
  const record = typeof id === 'string' ? maybeTerm(id) : undefined;
  if (record?.slot !== slot)
    throw new ObjectiveError(`“${String(id).slice(0, 40)}” is no ${SLOT_WORDS[slot]}.`);
  const [min, max] = WEIGHT_RANGE;
  if (!isNumberIn(weight, WEIGHT_RANGE)) {
    throw new ObjectiveError(`${WEIGHT_SYMBOLS[slot]} is a number from ${min} to ${max}.`);
  }
  return { id: record.id, weight, knobs: parseKnobs(record, knobs) };
}

/** What a slot holds, for sentences. */
export const SLOT_WORDS: Readonly<Record<Slot, string>> = {
  head: 'head',
  centre: 'centre term',
  metric: 'metric term',
};

/**
 * A value for every knob of a term; what is left out is at its default.
 *
 * @throws ObjectiveError with a sentence for an unknown key and for a value that the knob does not take
 */
export function parseKnobs(record: TermRecord, value: unknown): Knobs {
  if (!isObject(value)) throw new ObjectiveError(`The knobs of ${record.title} are missing.`);
  const unknown = Object.keys(value).find((key) => !keysOf(record).includes(key));
  if (unknown !== undefined) {
    throw new ObjectiveError(`${record.title} has no knob “${unknown.slice(0, 40)}”.`);
  }
  const entries = record.knobs.map((knob): [string, KnobValue] => {
    const own = value[knob.key];
    if (own === undefined) return [knob.key, knob.default];
    if (!isValueOf(knob, own)) throw new ObjectiveError(`${record.title}: ${valuesOf(knob)}.`);
    return [knob.key, own];
  });
  return Object.fromEntries([...entries, ...fixedIn(record, value)]);
}

/** What the term would anneal, where it is given: it stands fixed. */
function fixedIn({ annealed, title }: TermRecord, value: Record<string, unknown>): [string, number][] {
  if (annealed === undefined || value[annealed.key] === undefined) return [];
  const { key, range } = annealed;
  const fixed = value[key];
  if (!isNumberIn(fixed, range))
    throw new ObjectiveError(`${title}: ${key} is a number from ${range[0]} to ${range[1]}.`);
  return [[key, fixed]];
}

/** Does the knob take this value? */
export function isValueOf(knob: Knob, value: unknown): value is KnobValue {
  if (knob.kind === 'flag') return typeof value === 'boolean';
  if (knob.kind === 'choice') return knob.options.some((option) => option.value === value);
  return isNumberIn(value, knob.range) && (!knob.isWhole || Number.isInteger(value));
}

/** What a knob takes, in words: "m is a number from 0 to 0.6". */
export function valuesOf(knob: Knob): string {
  if (knob.kind === 'flag') return `${knob.key} is true or false`;
  if (knob.kind === 'choice')
    return `${knob.key} is one of ${knob.options.map(({ value }) => value).join(', ')}`;
  const kind = knob.isWhole ? 'a whole number' : 'a number';
  return `${knob.key} is ${kind} from ${knob.range[0]} to ${knob.range[1]}`;
}

/** A value as it is written in links and on the command line; undefined for what the knob does not take. */
export function valueIn(
  knob: Knob,
  text: string,
  parseNumber: (text: string) => number | undefined,
): KnobValue | undefined {
  const value =
    knob.kind === 'number'
      ? parseNumber(text)
      : knob.kind === 'choice'
        ? text
        : ({ true: true, false: false } as Record<string, boolean>)[text];
  return isValueOf(knob, value) ? value : undefined;
}

function isNumberIn(value: unknown, [min, max]: readonly [number, number]): value is number {
  return typeof value === 'number' && value >= min && value <= max;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
