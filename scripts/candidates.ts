/** What `npm run tune` tries: the numbers that the records of the terms ask for, and their rows in docs/defaults.md. */

import { defaultKnobs, type Objective, objectiveOf, weightedTerm } from '../src/losses/objective.ts';
import { LETTER_PRESETS, softmaxBeside } from '../src/losses/presets.ts';
import {
  type Knob,
  type Knobs,
  type KnobValue,
  numberOf,
  SLOTS,
  type TermRecord,
} from '../src/losses/term.ts';
import { LETTER_TERMS, TERM_RECORDS, termOf } from '../src/losses/terms.ts';

export interface Candidate {
  /** The first cells of its row: they tell it from all others of its table. */
  readonly cells: readonly (string | number)[];
  readonly objective: Objective;
  /** Where it is not the usual one. */
  readonly learningRate?: number;
  /** Softmax alone at first, in steps, where it is not the usual number of them. */
  readonly warmUpSteps?: number;
}

const CENTER = termOf(LETTER_TERMS.centre);
const MARGIN = termOf(LETTER_TERMS.metric);
/** The weights of margin alone were tried before its margins were chosen. */
const FIRST_MARGINS = { alphaPlus: 0.5, alphaMinus: 4 };
/** Beside softmax, of margin, with the margins that were chosen alone. */
const BESIDE_SOFTMAX = [0.015, 0.05, 0.15, 0.5];

/** The letter's six combinations. Cells: λ₀, λ₁, λ₂, and α₊, α₋ where margin takes part. */
export const LETTER_CANDIDATES: readonly Candidate[] = [
  ofLetter([1, 0, 0]),
  ...rising([CENTER.weight, ...(CENTER.triedWeights ?? [])]).map((weight) => ofLetter([1, weight, 0])),
  ...knobGrid(MARGIN).map((knobs) => ofLetter([0, 0, MARGIN.weight], knobs)),
  ...rising(MARGIN.triedWeights ?? []).map((weight) => ofLetter([0, 0, weight], FIRST_MARGINS)),
  ...[0, CENTER.weight].flatMap((centre) =>
    BESIDE_SOFTMAX.map((metric) => ofLetter([1, centre, metric], defaultKnobs(MARGIN))),
  ),
];

function ofLetter(
  [head, centre, metric]: readonly [number, number, number],
  margins: Knobs = defaultKnobs(MARGIN),
): Candidate {
  const shown = metric > 0 ? [numberOf(margins, 'alphaPlus'), numberOf(margins, 'alphaMinus')] : ['', ''];
  return {
    cells: [head, centre, metric, ...shown],
    objective: objectiveOf({ head, centre, metric }, { metric: weightedTerm(MARGIN.id, metric, margins) }),
  };
}

const RATES = [3e-4, 1e-3, 3e-3, 1e-2, 3e-2];

/** The letter's six combinations at other learning rates. Cells: preset, rate. */
export const RATE_CANDIDATES: readonly Candidate[] = LETTER_PRESETS.flatMap(({ name, objective }) =>
  RATES.map((learningRate) => ({ cells: [`${name} at rate`, learningRate], objective, learningRate })),
);

/** Margin loss with no softmax at all. Cells: α₊, α₋, rate. */
export const FROM_START_CANDIDATES: readonly Candidate[] = [0, 0.5].flatMap((alphaPlus) =>
  [1, 1.5, 2, 3].flatMap((alphaMinus) =>
    [1e-3, 3e-3].map((learningRate) => ({
      cells: ['from the start', alphaPlus, alphaMinus, learningRate],
      objective: ofLetter([0, 0, MARGIN.weight], { ...defaultKnobs(MARGIN), alphaPlus, alphaMinus })
        .objective,
      learningRate,
      warmUpSteps: 0,
    })),
  ),
);

/** Every other term by itself, a centre term beside softmax, and the letter's in their further forms. Cells: id, weight, knobs. The defaults come first. */
export const FURTHER_CANDIDATES: readonly Candidate[] = TERM_RECORDS.flatMap((record) => {
  const usual = defaultKnobs(record);
  const named = (record.presets ?? []).map(({ knobs, weight = record.weight }) =>
    ofTerm(record, weight, { ...usual, ...knobs }),
  );
  if (SLOTS.some((slot) => LETTER_TERMS[slot] === record.id)) return named;
  const grid = knobGrid(record).map((knobs) => ofTerm(record, record.weight, knobs));
  const weights = (record.triedWeights ?? []).map((weight) => ofTerm(record, weight, usual));
  const first = ofTerm(record, record.weight, usual);
  return [
    first,
    ...[...grid, ...weights, ...named].filter(({ cells }) => String(cells) !== String(first.cells)),
  ];
});

function ofTerm(record: TermRecord, weight: number, knobs: Knobs): Candidate {
  const { id, slot, knobs: declared } = record;
  const weights = { head: softmaxBeside(record), centre: 0, metric: 0, [slot]: weight };
  return {
    cells: [id, weight, declared.map(({ key }) => `${key} ${knobs[key]}`).join(', ')],
    objective: objectiveOf(weights, { [slot]: weightedTerm(id, weight, knobs) }),
  };
}

/** Every combination of what its numbers are to be tried at, each rising; variants are tried as its presets have them. */
function knobGrid({ knobs }: TermRecord): Knobs[] {
  return knobs.reduce<Knobs[]>(
    (grid, knob) =>
      grid.flatMap((others) => valuesToTry(knob).map((value) => ({ ...others, [knob.key]: value }))),
    [{}],
  );
}

function valuesToTry(knob: Knob): readonly KnobValue[] {
  if (knob.kind !== 'number') return [knob.default];
  return rising([knob.default, ...(knob.tried ?? [])]);
}

function rising(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** In the order of docs/defaults.md. */
export const CANDIDATES: readonly Candidate[] = [
  ...LETTER_CANDIDATES,
  ...RATE_CANDIDATES,
  ...FROM_START_CANDIDATES,
  ...FURTHER_CANDIDATES,
];

/** How the row of a candidate begins. */
export function rowStart({ cells }: Candidate): string {
  return `| ${cells.join(' | ')} |`;
}
