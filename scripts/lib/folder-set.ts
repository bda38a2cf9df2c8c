/**
 * A folder of images as a data set, a folder a class: `--data FOLDER`. PGM, PPM, PNG and JPEG; what can't be read is named, the
 * rest is taken. Equal bits on every machine for PGM, PPM and PNG.
 */

import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { DataError } from '../../src/data/errors.ts';
import { chosen, type LabelledImages } from '../../src/data/labelled-images.ts';
import { type DecodedImage, MOST_PIXELS, parseNetpbm } from '../../src/data/netpbm.ts';
import { reasonOf } from '../../src/data/reason-of.ts';
import { inForm } from '../../src/data/resample.ts';
import { CLASS_RANGE, type DataSet } from '../../src/data/set.ts';
import { type FolderSetId, registerSet } from '../../src/data/sets.ts';
import { splitWithin, testCount } from '../../src/data/split.ts';
import { UsageError } from './commands.mjs';

const SIDE = 28;
const MOST_IMAGES = 70_000;
const MOST_BYTES = 200e6;
/** At least one on each side of the split. */
const FEWEST = 2;
const DIGEST_DIGITS = 8;

/** What a folder holds: the record of its set, all images in the order of their names, what could not be read. */
export interface FolderSet {
  readonly set: DataSet<FolderSetId>;
  readonly images: LabelledImages;
  readonly unread: readonly string[];
}

const known = new Map<string, FolderSet>();

/** Reads a folder, once, and makes its set known by its id. @throws UsageError with a sentence */
export function folderSet(folder: string): FolderSet {
  const found = known.get(folder) ?? read(folder);
  known.set(folder, found);
  return found;
}

/** Images to be learnt and to be tested: a seeded split within classes, and all images of those that are held out. */
export function splitOf(
  { set, images }: FolderSet,
  { seed, heldOut }: { readonly seed: number; readonly heldOut: readonly number[] },
) {
  const { train, test } = splitWithin(images.labels, set.classNames.length, seed, heldOut);
  return { set, train: chosen(images, train), test: chosen(images, test) };
}

function read(folder: string): FolderSet {
  const unread: string[] = [];
  const listed = foldersIn(folder).map((name) => ({ name, files: filesIn(path.join(folder, name)) }));
  refuseTooMuch(listed.flatMap(({ files }) => files));
  const classes = listed
    .map(({ name, files }) => ({ name, images: files.flatMap((file) => imageIn(folder, file, unread)) }))
    .filter(({ images }) => images.length > 0);
  for (const { name, images } of classes) {
    if (images.length < FEWEST)
      throw new UsageError(
        `${folder}: the class ${name} has one image that can be read, and needs ${FEWEST}.`,
      );
  }
  const [fewest, most] = CLASS_RANGE;
  if (classes.length < fewest || classes.length > most) {
    throw new UsageError(
      `${folder} holds ${classes.length} folders with images, and a data set has ${fewest} to ${most} classes.`,
    );
  }
  const labels = Uint8Array.from(classes.flatMap(({ images }, label) => images.map(() => label)));
  const pixels = Uint8Array.from(Buffer.concat(classes.flatMap(({ images }) => images)));
  const set = recordOf(folder, classes, digestOf(pixels, labels));
  registerSet(set);
  return { set, images: { set, images: pixels, labels }, unread };
}

/** The id is a name and a digest of what was read. */
function recordOf(
  folder: string,
  classes: readonly { readonly name: string; readonly images: readonly unknown[] }[],
  digest: string,
): DataSet<FolderSetId> {
  const name = path.basename(path.resolve(folder));
  const tested = classes.map(({ images }) => testCount(images.length));
  const trainingCounts = classes.map(({ images }, label) => images.length - (tested[label] as number));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    id: `${name}@${digest}`,
    title: name,
    classNames: classes.map((each) => each.name),
    word: { one: 'class', many: 'classes' },
    side: SIDE,
    counts: { train: sum(trainingCounts), test: sum(tested) },
    trainingCounts,
    probe: { perClass: Math.min(...tested), from: sum(tested) },
    folder: '',
    source: { kind: 'command', package: '', folder },
    files: [],
    credit: '',
  };
}

function digestOf(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, DIGEST_DIGITS);
}

/** In the order of their names, numbers by their value. */
const byName = new Intl.Collator('en', { numeric: true }).compare;

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort(byName);
}

/** Links are not followed: a folder is what lies in it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => path.join(folder, name))
    .sort(byName);
}

/** Before anything is decoded. */
function refuseTooMuch(files: readonly string[]): void {
  if (files.length > MOST_IMAGES)
    throw new UsageError(`There are ${files.length} images, and at most ${MOST_IMAGES} fit.`);
  const bytes = files.reduce((total, file) => total + lstatSync(file).size, 0);
  if (bytes > MOST_BYTES)
    throw new UsageError(
      `The images have ${Math.round(bytes / 1e6)} MB, and at most ${MOST_BYTES / 1e6} MB fit.`,
    );
}

/** One image in the set's form, or none with a sentence in `unread`. */
function imageIn(folder: string, file: string, unread: string[]): Uint8Array[] {
  try {
    return [inForm(decoded(readFileSync(file)), { side: SIDE, fit: 'crop', isInverted: false })];
  } catch (error) {
    unread.push(`${path.relative(folder, file)}: ${reasonOf(error)}`);
    return [];
  }
}

/** By its first bytes, whatever its name says. @throws DataError with a sentence */
function decoded(bytes: Buffer): DecodedImage {
  if (bytes.length > 24 && bytes.readUInt32BE(0) === 0x89504e47) {
    // What it says of its size, before it is inflated.
    refuseLarge(bytes.readUInt32BE(16), bytes.readUInt32BE(20));
    const { width, height, data } = PNG.sync.read(bytes);
    return { width, height, channels: 4, values: data };
  }
  if (bytes.length > 3 && bytes.readUInt16BE(0) === 0xffd8) {
    const { width, height, data } = decodeJpeg(bytes, {
      useTArray: true,
      maxResolutionInMP: MOST_PIXELS / 1e6,
      maxMemoryUsageInMB: 512,
    });
    return { width, height, channels: 4, values: data };
  }
  return parseNetpbm(bytes);
}

function refuseLarge(width: number, height: number): void {
  if (width * height > MOST_PIXELS) throw new DataError(`It has ${width} × ${height} pixels: too many.`);
}
