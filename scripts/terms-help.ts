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
  const takes =
    knob.kind === 'choice'
      ? knob.options.map(({ value }) => value).join(', ')
      : `${knob.isWhole ? 'whole, ' : ''}${knob.range[0]} to ${knob.range[1]}`;
  return `      ${knob.key.padEnd(WIDTH)}${knob.word}: ${takes}; default ${knob.default}`;
}
