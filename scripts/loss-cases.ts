/** The file of `npm run loss`: cases from anywhere, checked before a tensor is made of them. */

import * as v from 'valibot';
import type { LossCase, Rows } from '../src/losses/evaluate-case.ts';

/** Thrown with a sentence for a file that holds no cases, and for a case that is none. */
export class CasesError extends Error {}

/** batch × classes × dim of one case: what its distances take at once, 256 MiB. */
const MOST_VALUES = 2 ** 26;
/** Beyond it single precision has no number. */
const LARGEST = 3.4e38;

const rows = (name: string) => {
  const sentence = `“${name}” is a list of rows of numbers.`;
  const number = v.pipe(v.number(sentence), v.minValue(-LARGEST, sentence), v.maxValue(LARGEST, sentence));
  return v.array(v.array(number, sentence), sentence);
};
const whole = (sentence: string) => v.pipe(v.number(sentence), v.integer(sentence));
const list = (name: string, of: string) => `“${name}” is a list of ${of}.`;

const LABELS = list('labels', 'class numbers, one a sample');
const PRESENT = list('present', '1 or 0, one a class');
const CLASSES = '“classes” is a whole number from 1.';

const caseSchema = v.object(
  {
    loss: v.string('“loss” is the id of a loss.'),
    params: v.optional(
      v.custom<Record<string, unknown>>(
        (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
        '“params” is an object of values by key.',
      ),
      {},
    ),
    features: rows('features'),
    labels: v.array(whole(LABELS), LABELS),
    classes: v.pipe(whole(CLASSES), v.minValue(1, CLASSES)),
    centres: v.optional(rows('centres')),
    agents: v.optional(rows('agents')),
    present: v.optional(v.array(v.picklist([0, 1], PRESENT), PRESENT)),
  },
  ({ expected }) =>
    expected?.startsWith('"')
      ? `A case needs ${expected.replace(/"(.*)"/, '“$1”')}.`
      : 'A case is an object.',
);

const fileSchema = v.object({ cases: v.array(v.unknown()) });

/** The cases of a file, none looked at. @throws CasesError */
export function casesIn(text: string, file: string): readonly unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new CasesError(`${file} is not JSON.`);
  }
  const result = v.safeParse(fileSchema, content);
  if (!result.success) throw new CasesError(`${file} has no list of cases: {"cases":[…]}.`);
  return result.output.cases;
}

/** What a case is called in the output: its id, or its number where it has none. */
export function nameOf(value: unknown, index: number): string | number {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : `#${index + 1}`;
}

/** A case whose parts fit each other. @throws CasesError */
export function parseCase(value: unknown): LossCase {
  const result = v.safeParse(caseSchema, value, { abortEarly: true });
  if (!result.success) throw new CasesError(result.issues[0].message);
  const given = result.output;
  const { features, labels, classes, agents, centres, present } = given;
  const dim = (features[0] ?? agents?.[0] ?? centres?.[0])?.length;
  if (dim === 0) throw new CasesError('Features have at least one dimension.');
  checkRows('features', features, dim);
  for (const [name, perClass] of Object.entries({ agents, centres })) {
    if (perClass === undefined) continue;
    checkRows(name, perClass, dim);
    checkLength(name, perClass, classes, 'row');
  }
  if (present !== undefined) checkLength('present', present, classes, 'number');
  if (labels.length !== features.length) {
    throw new CasesError(`There are ${features.length} features and ${labels.length} labels.`);
  }
  for (const label of labels) {
    if (label < 0 || label >= classes)
      throw new CasesError(`The label ${label} is not from 0 to ${classes - 1}.`);
    if (present?.[label] === 0)
      throw new CasesError(`Class ${label} takes no part, and a sample has it as label.`);
  }
  if (Math.max(1, features.length) * classes * (dim ?? 1) > MOST_VALUES) {
    throw new CasesError(`Samples × classes × dimensions are more than ${MOST_VALUES.toLocaleString('en')}.`);
  }
  return given;
}

function checkRows(name: string, matrix: Rows, dim: number | undefined): void {
  const index = matrix.findIndex((row) => row.length !== dim);
  if (index < 0) return;
  throw new CasesError(`Row ${index} of “${name}” has ${matrix[index]?.length} numbers and not ${dim}.`);
}

function checkLength(name: string, values: readonly unknown[], classes: number, word: string): void {
  if (values.length === classes) return;
  throw new CasesError(`“${name}” has ${values.length} ${word}s and not one for each of ${classes} classes.`);
}
