/** An objective as equations in TeX, for a reader. No tensors here. */

import { activeTerms, defaultKnobs, type Objective } from './objective.ts';
import { byKnobs, SLOTS, type Slot, type TermRecord } from './term.ts';
import { termOf } from './terms.ts';

/** The weight of each slot in TeX. */
const WEIGHT_TEX: Readonly<Record<Slot, string>> = {
  head: String.raw`\lambda_0`,
  centre: String.raw`\lambda_1`,
  metric: String.raw`\lambda_2`,
};

/** What is minimised, with the numbers of its weights: 'J = J_S + 0.1\,J_C'. */
export function objectiveTex(objective: Objective): string {
  const terms = activeTerms(objective).map(({ id, weight }) => {
    const { symbol } = termOf(id);
    return weight === 1 ? symbol : String.raw`${shortest(weight)}\,${symbol}`;
  });
  return `J = ${terms.join(' + ') || '0'}`;
}

/** The objective on one sample, with the numbers of its terms put in: 'J(x) = 0.031 + 0.24 = 0.271'. */
export function valuesTex(values: readonly number[]): string {
  const digits = (value: number) => String(Number(value.toPrecision(3)));
  const total = values.reduce((sum, value) => sum + value, 0);
  const parts = values.map(digits).join(' + ') || '0';
  return values.length > 1 ? `J(x) = ${parts} = ${digits(total)}` : `J(x) = ${parts}`;
}

/** The objective's terms with the names of all weights, whatever their values: 'J = \lambda_0 J_S + …'. */
export function jointTex(objective: Objective): string {
  const terms = SLOTS.map((slot) => `${WEIGHT_TEX[slot]} ${termOf(objective[slot].id).symbol}`);
  return `J = ${terms.join(' + ')}`;
}

/** What a term stands for, as its knobs are set: 'J_C = \frac{1}{2B}…'. */
export function termTex(record: TermRecord, knobs = defaultKnobs(record)): string {
  return `${record.symbol} = ${byKnobs(record.tex, knobs)}`;
}

/**
 * A named combination: its last term defined, after the sum where there are several, with names for the weights
 * that are not 1: 'J_S + \lambda_1 J_C,\quad J_C = …'.
 */
export function combinationTex(objective: Objective): string {
  const slots = SLOTS.filter((slot) => objective[slot].weight > 0);
  const last = slots.at(-1);
  if (last === undefined) return '0';
  const { id, knobs } = objective[last];
  const definition = termTex(termOf(id), knobs);
  if (slots.length === 1) return definition;
  const sum = slots.map((slot) => {
    const { symbol } = termOf(objective[slot].id);
    return objective[slot].weight === 1 ? symbol : `${WEIGHT_TEX[slot]} ${symbol}`;
  });
  return String.raw`${sum.join(' + ')},\quad ${definition}`;
}

/** A weight as one would write it, without the noise of binary fractions. */
function shortest(weight: number): string {
  const [mantissa, exponent] = String(Number(weight.toPrecision(4))).split('e');
  return exponent === undefined ? `${mantissa}` : String.raw`${mantissa}\cdot 10^{${exponent}}`;
}
