/** What a data set is, as plain data. Whatever the lab must know of one stands in its record; sets.ts lists them. */

import { testCount } from './split.ts';

export const PARTS = ['train', 'test'] as const;
export type Part = (typeof PARTS)[number];

export const CONTENTS = ['images', 'labels'] as const;
export type Content = (typeof CONTENTS)[number];

/** The images or the labels of one part, as they are published and as they are served. */
export interface SetFiles {
  readonly part: Part;
  readonly content: Content;
  /** How the manifest calls them; the files served are named `kind-00.bin`, `kind-01.bin`, … */
  readonly kind: string;
  /** Samples in each of the files served: images that arrive together. */
  readonly shardSize: number;
  /** The published IDX file, and its SHA-256 in hexadecimal. */
  readonly original: string;
  readonly sha256: string;
}

export interface DataSet<Id extends string = string> {
  /** In links, in sessions and on the command line. */
  readonly id: Id;
  readonly title: string;
  /** By label; each once. */
  readonly classNames: readonly string[];
  /** What one sample is, and some are, within a sentence. */
  readonly word: { readonly one: string; readonly many: string };
  /** Images are squares of side × side bytes: 0 paper, 255 ink. */
  readonly side: number;
  /** Their bytes are light, not ink: photographs are shown as they are. */
  readonly isLight?: boolean;
  /** Samples in each part. */
  readonly counts: Readonly<Record<Part, number>>;
  /** Training samples of each class: how long an epoch without some of them is. */
  readonly trainingCounts: readonly number[];
  /** Images of each class, where the split is drawn here and not by the publisher (split.ts); else left out. */
  readonly classSizes?: readonly number[];
  /** What the plots show while training: `perClass` of every class among the first `from` test samples, or all where a class has fewer. */
  readonly probe: { readonly perClass: number; readonly from: number };
  /** Where its files are below the folder of all data: '' or a path that ends in '/'. */
  readonly folder: string;
  /**
   * Where the originals come from: an npm package, which is always here, and the folder in it; by the command
   * `npm run data`, a package of Debian and the folder that it makes; or the visitor.
   */
  readonly source: {
    readonly kind: 'npm' | 'command' | 'visitor';
    readonly package: string;
    readonly folder: string;
  };
  readonly files: readonly SetFiles[];
  /** Whose work it is, as a sentence. */
  readonly credit: string;
}

/** Labels are bytes, and more classes than these can't be distinguished in a plot. */
export const CLASS_RANGE = [2, 100] as const;
/** Training needs at least two classes. */
const FEWEST_SEEN = 2;

/** How many classes the set has, seen and held out. */
export function classCount({ classNames }: Pick<DataSet, 'classNames'>): number {
  return classNames.length;
}

/** What of a set decides how large a network's layers are. */
export function shapeOf({ classNames, side }: Pick<DataSet, 'classNames' | 'side'>): {
  classes: number;
  side: number;
} {
  return { classes: classNames.length, side };
}

/** How many classes can be held out of training. */
export function mostHeldOut(set: Pick<DataSet, 'classNames'>): number {
  return classCount(set) - FEWEST_SEEN;
}

/** Bytes of one image. */
export function imageBytes({ side }: Pick<DataSet, 'side'>): number {
  return side * side;
}

/** Training images that arrive together. */
export function shardSize({ files, counts }: Pick<DataSet, 'files' | 'counts'>): number {
  const images = files.find(({ part, content }) => part === 'train' && content === 'images');
  return images?.shardSize ?? counts.train;
}

/** Samples of the balanced part of the test set. */
export function probeCount(
  set: Pick<DataSet, 'classNames' | 'probe' | 'classSizes'>,
  heldOut: readonly number[] = [],
): number {
  const { classSizes, probe } = set;
  if (classSizes === undefined) return probe.perClass * classCount(set);
  return testedOf(classSizes, heldOut).reduce((sum, count) => sum + Math.min(probe.perClass, count), 0);
}

/**
 * Samples in each part while these classes are held out: published parts stay as they are; of a split that is drawn here,
 * all images of held-out classes are tested.
 */
export function countsOf(
  set: Pick<DataSet, 'counts' | 'classSizes' | 'trainingCounts'>,
  heldOut: readonly number[],
): Readonly<Record<Part, number>> {
  if (set.classSizes === undefined || heldOut.length === 0) return set.counts;
  const test = testedOf(set.classSizes, heldOut).reduce((sum, count) => sum + count, 0);
  return { train: seenCount(set, heldOut), test };
}

/** Test images of each class. */
function testedOf(classSizes: readonly number[], heldOut: readonly number[]): readonly number[] {
  return classSizes.map((size, label) => (heldOut.includes(label) ? size : testCount(size)));
}

/** Training samples of the classes that are not held out. */
export function seenCount(
  { trainingCounts }: Pick<DataSet, 'trainingCounts'>,
  heldOut: readonly number[],
): number {
  return trainingCounts.reduce((sum, count, label) => sum + (heldOut.includes(label) ? 0 : count), 0);
}
