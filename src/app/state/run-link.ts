/**
 * A run as one parameter of a link. The letter's terms have six fixed places, as in the first links; other
 * terms and knobs are appended by name, one part for each slot, knobs at their defaults left out:
 *
 *     Title*λ₀*λ₁*λ₂*α₊*α₋                          Softmax*1*0*0*0.5*8
 *     Title*λ₀*λ₁*λ₂*α₊*α₋*slot:id;key:value;…      Arc*1*0*0*0.5*8*head:arcface;s:16;m:0.1
 *
 * α₊ and α₋ are margin's knobs, or its defaults where another term stands in its slot. What a run learns by later
 * follows, each objective in the same form after the step from which on it holds; `warmup` in the place of `at` says
 * that the one before it is a warm-up:
 *
 *     …*at:step*λ₀*λ₁*λ₂*α₊*α₋…                     Softmax → Margin*1*0*0*0.5*8*at:1664*0*0*1*0.5*8
 *     …*warmup:step*λ₀*λ₁*λ₂*α₊*α₋…                 Margin*1*0*0*0.5*8*warmup:468*0*0*1*0.5*8*at:900*…
 *
 * Without any of these it begins with its objective, after a warm-up as long as the link says, where the objective asks
 * for one; `*warmup:0` at the end says that there is none.
 */

import * as v from 'valibot';
import { cut } from '../../data/visible-text.ts';
import {
  defaultKnobs,
  hasSameTerms,
  isSameObjective,
  type Objective,
  objectiveOf,
  softmaxAlone,
  valueIn,
  WEIGHT_RANGE,
  type WeightedTerm,
  weightedTerm,
} from '../../losses/objective.ts';
import { LAST_STEP } from '../../losses/schedule.ts';
import { type Knobs, SLOTS, type Slot, type TermRecord } from '../../losses/term.ts';
import { LETTER_TERMS, maybeTerm, termOf } from '../../losses/terms.ts';
import type { EarlierObjective, RunSpec } from '../../training/link/protocol.ts';
import { tidyTitle } from './titles.ts';

/** A number within a closed range, written without anything around it. */
export const number = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^[-+.\deE]+$/),
    v.transform(Number),
    v.finite(),
    v.minValue(min),
    v.maxValue(max),
  );

const MARGIN = termOf(LETTER_TERMS.metric);
/** The knobs that have a place of their own: margin's α₊ and α₋. */
const PLACED = ['alphaPlus', 'alphaMinus'].map((key) => {
  const knob = MARGIN.knobs.find((candidate) => candidate.key === key);
  if (knob?.kind !== 'number') throw new Error(`Links have a place for ${key}, which is no number.`);
  return knob;
});
const hasPlace = (id: string, key: string) => id === MARGIN.id && PLACED.some((knob) => knob.key === key);

const PLACES = SLOTS.length + PLACED.length;
const NO_WARM_UP = 'warmup:0';
const titleIn = v.pipe(v.string(), v.transform(tidyTitle), v.string());
const weightsIn = v.array(number(...WEIGHT_RANGE));
const marginsIn = v.tuple(PLACED.map(({ range }) => number(...range)));

export function formatRun({ title, objective, before }: RunSpec): string {
  const stages = (before ?? []).flatMap((stage) => [
    ...formatObjective(stage.objective),
    `${stage.isWarmUp ? 'warmup' : 'at'}:${stage.until}`,
  ]);
  const last = [...formatObjective(objective), ...(before?.length === 0 ? [NO_WARM_UP] : [])];
  return [withoutStars(title), ...stages, ...last].join('*');
}

/** The places of an objective, and its appended parts. */
function formatObjective(objective: Objective): readonly (string | number | undefined)[] {
  const weights = SLOTS.map((slot) => objective[slot].weight);
  const { id, knobs } = objective.metric;
  const margins = PLACED.map((knob) => Number(id === MARGIN.id ? knobs[knob.key] : knob.default));
  const parts = SLOTS.flatMap((slot) => formatPart(slot, objective[slot]));
  return [...weights, ...margins, ...parts];
}

/** What of a slot has no place: nothing, or one part. */
function formatPart(slot: Slot, { id, knobs }: WeightedTerm): readonly string[] {
  const own = termOf(id).knobs.filter((knob) => !hasPlace(id, knob.key) && knobs[knob.key] !== knob.default);
  if (id === LETTER_TERMS[slot] && own.length === 0) return [];
  return [[`${slot}:${id}`, ...own.map(({ key }) => `${key}:${knobs[key]}`)].join(';')];
}

/**
 * The run that a link's parameter says; undefined where its first places can't be read. What of an appended part or of
 * a later objective can't be read is left out, with a sentence each in `problems`. Never throws.
 */
export function parseRun(text: string, problems: string[]): RunSpec | undefined {
  const [first, ...fields] = text.split('*');
  const title = v.safeParse(titleIn, first === undefined ? undefined : withStars(first));
  if (!title.success) return undefined;
  const hasNoWarmUp = fields.at(-1) === NO_WARM_UP;
  const [begin, ...later] = sectionsOf(hasNoWarmUp ? fields.slice(0, -1) : fields);
  const start = begin && parseObjective(begin.fields, title.output, problems);
  if (start === undefined) return undefined;
  const before: EarlierObjective[] = [];
  let objective = start;
  for (const { name, fields: own } of later) {
    const ended = parseSwitch(name, before, objective);
    const next = ended && parseObjective(own, title.output, problems);
    if (ended === undefined || next === undefined) {
      const section = short([name, ...own].join('*'));
      problems.push(`“${section}” in the run “${title.output}” could not be read and was left out.`);
    } else if (ended.isWarmUp || !isSameObjective(next, objective)) {
      before.push({ ...ended, objective });
      objective = next;
    }
  }
  if (hasNoWarmUp && later.length > 0)
    problems.push(`“${NO_WARM_UP}” in the run “${title.output}” stands behind other steps and was left out.`);
  const isExplicit = before.length > 0 || hasNoWarmUp;
  return { title: title.output, objective, ...(isExplicit ? { before } : {}) };
}

/** The first objective's fields, and those of later ones behind their step. */
function sectionsOf(fields: readonly string[]): { readonly name: string; readonly fields: string[] }[] {
  const sections: { name: string; fields: string[] }[] = [{ name: '', fields: [] }];
  for (const field of fields) {
    if (/^(at|warmup):/.test(field)) sections.push({ name: field, fields: [] });
    else sections.at(-1)?.fields.push(field);
  }
  return sections;
}

/** A step at which something was changed: none but whole ones behind the first. */
export const stepIn = v.pipe(v.string(), v.regex(/^[1-9]\d*$/), v.transform(Number), v.maxValue(LAST_STEP));

/** 'at:1664': undefined where it is not behind the steps before it. A warm-up is softmax alone, and comes first. */
function parseSwitch(
  name: string,
  before: readonly EarlierObjective[],
  objective: Objective,
): Omit<EarlierObjective, 'objective'> | undefined {
  const [kind, text] = pairOf(name);
  const step = v.safeParse(stepIn, text);
  const isWarmUp = kind === 'warmup';
  if (!step.success || step.output <= (before.at(-1)?.until ?? 0)) return undefined;
  if (isWarmUp && (before.length > 0 || !hasSameTerms(objective, softmaxAlone(objective)))) return undefined;
  return isWarmUp ? { until: step.output, isWarmUp } : { until: step.output };
}

/** Undefined where its places can't be read. */
function parseObjective(fields: readonly string[], title: string, problems: string[]): Objective | undefined {
  const places = fields.slice(0, PLACES);
  const weights = v.safeParse(weightsIn, places.slice(0, SLOTS.length));
  const margins = v.safeParse(marginsIn, places.slice(SLOTS.length));
  if (!weights.success || !margins.success) return undefined;
  const [head = 0, centre = 0, metric = 0] = weights.output;
  const placed = Object.fromEntries(PLACED.map(({ key }, index) => [key, margins.output[index] ?? 0]));
  const margin = weightedTerm(MARGIN.id, metric, placed);
  const parts = partsOf(fields.slice(PLACES), title, margin.knobs, problems);
  return objectiveOf({ head, centre, metric }, { metric: margin, ...parts });
}

/** The terms that appended parts name. A slot that is named twice is left at the letter's term. */
function partsOf(
  parts: readonly string[],
  title: string,
  margin: Knobs,
  problems: string[],
): Partial<Record<Slot, WeightedTerm>> {
  const terms = new Map<Slot, WeightedTerm | undefined>();
  for (const part of parts) {
    const [name = '', ...settings] = part.split(';').map(pairOf);
    const slot = SLOTS.find((candidate) => candidate === name[0]);
    const record = maybeTerm(name[1] ?? '');
    if (slot === undefined || record?.slot !== slot) {
      problems.push(`“${short(part)}” in the run “${title}” is no loss term and was left out.`);
    } else if (terms.has(slot)) {
      problems.push(`The run “${title}” has two terms for ${slot}; neither is used.`);
      terms.set(slot, undefined);
    } else {
      const start = record.id === MARGIN.id ? margin : defaultKnobs(record);
      terms.set(slot, { id: record.id, weight: 0, knobs: knobsOf(record, start, settings, problems) });
    }
  }
  return Object.fromEntries([...terms].filter(([, term]) => term !== undefined));
}

function knobsOf(
  record: TermRecord,
  start: Knobs,
  settings: readonly (readonly [string, string])[],
  problems: string[],
): Knobs {
  const knobs = { ...start };
  for (const [key, text] of settings) {
    const knob = record.knobs.find((candidate) => candidate.key === key);
    const value = knob === undefined || hasPlace(record.id, key) ? undefined : valueIn(knob, text, numberIn);
    const isRepeated = settings.filter((other) => other[0] === key).length > 1;
    if (knob === undefined || value === undefined || isRepeated) {
      problems.push(
        `“${short(`${key}:${text}`)}” is no setting of ${record.title}${knob === undefined ? '' : `; ${knob.default} is used`}.`,
      );
    } else knobs[key] = value;
  }
  return knobs;
}

function numberIn(text: string): number | undefined {
  const result = v.safeParse(number(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY), text);
  return result.success ? result.output : undefined;
}

/** 'key:value' parted at the first colon. */
function pairOf(text: string): readonly [string, string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}

/** A star parts the fields of a run, so it can't stand in a title as it is. */
function withoutStars(title: string): string {
  return title.replaceAll('%', '%25').replaceAll('*', '%2A');
}

function withStars(text: string): string {
  return text.replaceAll('%2A', '*').replaceAll('%25', '%');
}

/** At most forty UTF-16 units of what a link says. */
export function short(text: string): string {
  return text.length > 40 ? `${cut(text, 40)}…` : text;
}
