/** The loss terms for `--help`, from their records. */

import { SLOT_WORDS } from '../src/losses/objective.ts';
import { type Knob, SLOTS, type TermRecord } from '../src/losses/term.ts';
import { termsIn } from '../src/losses/terms.ts';

const WIDTH = 13;

/** A line a term and one a knob: ids, keys, what they take, defaults. */
export function termsHelp(): string {
  return SLOTS.flatMap((slot) => [`  ${SLOT_WORDS[slot]}s`, ...termsIn(slot).flatMap(linesOf)]).join('\n');
}

function linesOf({ id, title, weight, knobs }: TermRecord): string[] {
  return [`    ${id.padEnd(WIDTH)}  ${title}, weight ${weight}`, ...knobs.map(lineOf)];
}

function lineOf(knob: Knob): string {
  return `      ${knob.key.padEnd(WIDTH)}${knob.word}: ${takesOf(knob)}; default ${knob.default}`;
}

function takesOf(knob: Knob): string {
  if (knob.kind === 'flag') return 'true, false';
  if (knob.kind === 'choice') return knob.options.map(({ value }) => value).join(', ');
  return `${knob.isWhole ? 'whole, ' : ''}${knob.range[0]} to ${knob.range[1]}`;
}
