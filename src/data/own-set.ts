/**
 * A data set of one's own images: 28×28 grey, from a folder a class or from IDX files. Its record follows from a short
 * header, which travels with experiments, links and sessions; its images stay where they were opened.
 */

import * as v from 'valibot';
import { DataError } from './errors.ts';
import { chosen, type LabelledImages } from './labelled-images.ts';
import { CLASS_RANGE, countsOf, type DataSet } from './set.ts';
import { splitWithin, testCount } from './split.ts';
import { cut, visibleText } from './visible-text.ts';

/** A name, and the first digits of what is in it. */
export type OwnSetId = `${string}@${string}`;

export const OWN_SIDE = 28;
/** Of all images together, before anything is decoded. */
export const MOST_IMAGES = 70_000;
export const MOST_BYTES = 200e6;
/** At least one on each side of the split. */
export const FEWEST_OF_A_CLASS = 2;
export const DIGEST_DIGITS = 8;
/** Of a name, in UTF-16 units. */
const LONGEST_NAME = 40;
/** What the plots show while training, of all classes together, where there are more. */
const PROBE = 2000;

/** What a set is, in short: everything but its pixels. */
export interface OwnSetHeader {
  readonly name: string;
  /** The first hexadecimal digits of the SHA-256 of all images, then all labels. */
  readonly digest: string;
  readonly classNames: readonly string[];
  /** Images of each class. */
  readonly sizes: readonly number[];
}

const nameSchema = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(LONGEST_NAME),
  v.check((name) => name === visibleText(name)),
);

/** A header from a file, a message or a browser's storage. */
export const ownSetSchema = v.pipe(
  v.object({
    name: nameSchema,
    digest: v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${DIGEST_DIGITS}}$`))),
    classNames: v.pipe(v.array(nameSchema), v.minLength(CLASS_RANGE[0]), v.maxLength(CLASS_RANGE[1])),
    sizes: v.array(v.pipe(v.number(), v.integer(), v.minValue(FEWEST_OF_A_CLASS))),
  } satisfies Record<keyof OwnSetHeader, unknown>),
  v.check(({ classNames, sizes }) => sizes.length === classNames.length),
  v.check(({ classNames }) => new Set(classNames).size === classNames.length),
  v.check(({ sizes }) => sum(sizes) <= MOST_IMAGES),
);

export function ownSetId({ name, digest }: Pick<OwnSetHeader, 'name' | 'digest'>): OwnSetId {
  return `${name}@${digest}`;
}

/** Is it the id of such a set? Whether there is one, its header says. */
export function isOwnSetId(id: unknown): id is OwnSetId {
  return typeof id === 'string' && id.length <= LONGEST_ID && OWN_ID.test(id);
}

const LONGEST_ID = LONGEST_NAME + 1 + DIGEST_DIGITS;
const OWN_ID = new RegExp(`^[^@]+@[0-9a-f]{${DIGEST_DIGITS}}$`);

/** A name that can be shown and found again: nothing invisible, nothing too long. */
export function tidyName(text: string, otherwise: string): string {
  // A link's and an id's own signs.
  return cut(visibleText(text.replaceAll('@', ' ')), LONGEST_NAME).trim() || otherwise;
}

const known = new WeakMap<OwnSetHeader, DataSet<OwnSetId>>();

/** The record of such a set; of one header the identical one. */
export function ownRecord(header: OwnSetHeader): DataSet<OwnSetId> {
  const found = known.get(header) ?? recordOf(header);
  known.set(header, found);
  return found;
}

function recordOf({ name, digest, classNames, sizes }: OwnSetHeader): DataSet<OwnSetId> {
  const tested = sizes.map(testCount);
  const trainingCounts = sizes.map((size, label) => size - (tested[label] as number));
  const counts = { train: sum(trainingCounts), test: sum(tested) };
  const part = { kind: '', original: '', sha256: '' };
  return {
    id: ownSetId({ name, digest }),
    title: name,
    classNames,
    word: { one: 'class', many: 'classes' },
    side: OWN_SIDE,
    isLight: true,
    counts,
    trainingCounts,
    classSizes: sizes,
    probe: { perClass: Math.max(1, Math.floor(PROBE / sizes.length)), from: counts.test },
    folder: '',
    source: { kind: 'visitor', package: '', folder: '' },
    files: (['train', 'test'] as const).flatMap((name) =>
      (['images', 'labels'] as const).map((content) => ({
        ...part,
        part: name,
        content,
        kind: `${name}-${content}`,
        shardSize: MOST_IMAGES,
      })),
    ),
    credit: '',
  };
}

/** The same set as it is while these classes are held out, with the parts that there are then. */
export function recordWithout(set: DataSet, heldOut: readonly number[]): DataSet {
  if (set.classSizes === undefined || heldOut.length === 0) return set;
  const counts = countsOf(set, heldOut);
  return { ...set, counts, probe: { ...set.probe, from: counts.test } };
}

/** A class as it was read: its images are in the form of the set, side² bytes each. */
export interface OwnClass {
  readonly name: string;
  readonly images: readonly Uint8Array[];
}

/**
 * All images in one array, by their classes' order, and what the set is but for its digest.
 *
 * @throws DataError with a sentence where there are too few or too many classes or images
 */
export function joined(name: string, classes: readonly OwnClass[]) {
  const taken = classes.filter(({ images }) => images.length > 0);
  const short = taken.find(({ images }) => images.length < FEWEST_OF_A_CLASS);
  refuseCount(taken.length);
  if (short !== undefined)
    throw new DataError(
      `The class ${short.name} has one image that can be read, and needs ${FEWEST_OF_A_CLASS}.`,
    );
  const sizes = taken.map(({ images }) => images.length);
  const images = new Uint8Array(sum(sizes) * OWN_SIDE ** 2);
  const labels = new Uint8Array(sum(sizes));
  let row = 0;
  for (const [label, own] of taken.entries()) {
    for (const image of own.images) {
      images.set(image, row * OWN_SIDE ** 2);
      labels[row++] = label;
    }
  }
  const names = taken.map((own, label) => tidyName(own.name, `class ${label}`));
  const classNames = names.map((own, label) => (names.indexOf(own) === label ? own : `${label}: ${own}`));
  return {
    images,
    labels,
    header: { name, classNames: classNames.map((own) => cut(own, LONGEST_NAME)), sizes },
  };
}

/** @throws DataError with a sentence where there are too few or too many */
export function refuseCount(classes: number): void {
  const [fewest, most] = CLASS_RANGE;
  if (classes >= fewest && classes <= most) return;
  const count = classes === 1 ? 'one class' : `${classes} classes`;
  throw new DataError(`It holds ${count} of images, and a data set has ${fewest} to ${most}.`);
}

/** Images to be learnt and to be tested: a seeded split within classes, and all images of those that are held out. */
export function splitOf(
  all: LabelledImages,
  { seed, heldOut }: { readonly seed: number; readonly heldOut: readonly number[] },
): { readonly train: LabelledImages; readonly test: LabelledImages } {
  const { train, test } = splitWithin(all.labels, all.set.classNames.length, seed, heldOut);
  return { train: chosen(all, train), test: chosen(all, test) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
