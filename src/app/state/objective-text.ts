/** Objectives in a few words: for panels, marks on the timeline, captions. */

import { activeTerms, type Objective } from '../../losses/objective.ts';
import { LETTER_PRESETS, presetLike, RADIO_PRESETS } from '../../losses/presets.ts';
import { isWarmingUp, objectiveAt, type Schedule } from '../../losses/schedule.ts';
import { type Knob, type KnobValue, SLOTS } from '../../losses/term.ts';
import { LETTER_TERMS, termOf } from '../../losses/terms.ts';

/** 'Margin (α₊ 0.5, α₋ 8)'; the weights where it is no preset's. */
export function nameOf(objective: Objective): string {
  const preset = presetLike(objective);
  const knobs = knobsText(objective).join(', ');
  const name = preset?.title ?? weightsText(objective).join(', ');
  return knobs === '' ? name : `${name} (${knobs})`;
}

/** All of it: 'λ 0, 0, 1, α₊ 0.5, α₋ 8'. */
export function settingsText(objective: Objective): string {
  return [...weightsText(objective), ...knobsText(objective)].join(', ');
}

/** Titles of active terms that are none of the letter's, and the three weights: ['ArcFace', 'λ 1, 0, 0']. */
function weightsText(objective: Objective): readonly string[] {
  const others = SLOTS.map((slot) => ({
    ...objective[slot],
    isLetters: objective[slot].id === LETTER_TERMS[slot],
  }))
    .filter(({ weight, isLetters }) => weight > 0 && !isLetters)
    .map(({ id }) => termOf(id).title);
  return [...others, `λ ${SLOTS.map((slot) => objective[slot].weight).join(', ')}`];
}

/** Knobs of the active terms: ['α₊ 0.5', 'α₋ 8']. What is off or a variant is left out while it is at its default. */
function knobsText(objective: Objective): readonly string[] {
  return activeTerms(objective).flatMap(({ id, knobs }) =>
    termOf(id)
      .knobs.filter((knob) => isAlwaysSaid(knob) || (knobs[knob.key] ?? knob.default) !== knob.default)
      .map((knob) => knobText(knob, knobs[knob.key] ?? knob.default)),
  );
}

function isAlwaysSaid(knob: Knob): boolean {
  return knob.kind === 'number' && knob.default !== 0;
}

function knobText(knob: Knob, value: KnobValue): string {
  if (knob.kind === 'number') return `${knob.symbol} ${value}`;
  if (knob.kind === 'flag')
    return value === true ? knob.word.toLowerCase() : `not ${knob.word.toLowerCase()}`;
  const title = knob.options.find((option) => option.value === value)?.title ?? String(value);
  return `${knob.word.toLowerCase()}: ${title.toLowerCase()}`;
}

/** 'Softmax warm-up, margin in 140 steps'; undefined but in a planned beginning. */
export function warmUpText(schedule: Schedule | undefined, step: number): string | undefined {
  const next = schedule?.[1];
  if (schedule === undefined || next === undefined || !isWarmingUp(schedule, step)) return undefined;
  const phase = phaseOf(schedule, next.step);
  const name = phase === 'custom' ? 'its own objective' : phase;
  const left = Math.ceil(next.step - step);
  return `Softmax warm-up, ${name} in ${left} ${left === 1 ? 'step' : 'steps'}`;
}

/**
 * What is trained at the next step, in a word: 'warm-up', else of an objective that a radio or a preset of one
 * term describes that term's word, else 'custom'.
 */
export function phaseOf(schedule: Schedule | undefined, step: number): string {
  if (schedule === undefined) return '–';
  if (isWarmingUp(schedule, step)) return 'warm-up';
  const objective = objectiveAt(schedule, step);
  const preset = presetLike(objective);
  if (preset === undefined) return 'custom';
  const isNamed = RADIO_PRESETS.includes(preset) || !LETTER_PRESETS.includes(preset);
  const last = activeTerms(objective).at(-1);
  return isNamed && last !== undefined ? termOf(last.id).word : 'custom';
}
