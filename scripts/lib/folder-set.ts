/**
 * A folder of images as a data set: `--data FOLDER`, a folder a class or IDX files. PGM, PPM, PNG and JPEG; what can't be
 * read is named, the rest is taken. Equal bits on every machine, and in the page, for IDX, PGM, PPM and PNG.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { DataError } from '../../src/data/errors.ts';
import { type ImageKind, imageKind } from '../../src/data/image-header.ts';
import type { LabelledImages } from '../../src/data/labelled-images.ts';
import { type DecodedImage, MOST_PIXELS, parseNetpbm } from '../../src/data/netpbm.ts';
import { classesOf } from '../../src/data/own-files.ts';
import { idxClasses, idxPairs, isIdx } from '../../src/data/own-idx.ts';
import {
  DIGEST_DIGITS,
  joined,
  MOST_BYTES,
  MOST_IMAGES,
  OWN_SIDE,
  type OwnClass,
  type OwnSetHeader,
  ownRecord,
  tidyName,
} from '../../src/data/own-set.ts';
import { reasonOf } from '../../src/data/reason-of.ts';
import { inForm } from '../../src/data/resample.ts';
import { isGzip } from '../../src/data/streams.ts';
import { UsageError } from './commands.mjs';

/** What a folder holds: what the set is, all images in the order of their names, what could not be read. */
export interface FolderSet {
  readonly header: OwnSetHeader;
  readonly images: LabelledImages;
  readonly unread: readonly string[];
}

const known = new Map<string, FolderSet>();

/** Reads a folder, once. @throws UsageError with a sentence */
export function folderSet(folder: string): FolderSet {
  try {
    const found = known.get(folder) ?? read(folder);
    known.set(folder, found);
    return found;
  } catch (error) {
    if (error instanceof DataError) throw new UsageError(`${folder}: ${error.message}`);
    throw error;
  }
}

function read(folder: string): FolderSet {
  const files = filesBelow(folder);
  refuseTooMuch(files);
  const idx = files.flatMap(idxIn);
  const { classes, unread } = idx.length > 0 ? fromIdx(idx) : fromImages(files);
  const name = tidyName(path.basename(path.resolve(folder)), 'images');
  const { images, labels, header } = joined(name, classes);
  const whole = { ...header, digest: digestOf(images, labels) };
  return { header: whole, images: { set: ownRecord(whole), images, labels }, unread };
}

interface FoundFile {
  /** Below the folder. */
  readonly path: string;
  readonly file: string;
  readonly size: number;
}

/** Links are not followed: a folder is what lies in it. */
function filesBelow(folder: string): FoundFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const below = path.relative(folder, file).split(path.sep).join('/');
      return { path: below, file, size: statSync(file).size };
    });
}

/** Before anything is decoded. */
function refuseTooMuch(files: readonly FoundFile[]): void {
  if (files.length > MOST_IMAGES)
    throw new DataError(`There are ${files.length} files, and at most ${MOST_IMAGES} fit.`);
  const bytes = files.reduce((total, { size }) => total + size, 0);
  if (bytes > MOST_BYTES)
    throw new DataError(
      `The files have ${Math.round(bytes / 1e6)} MB, and at most ${MOST_BYTES / 1e6} MB fit.`,
    );
}

function idxIn({ path: below, file }: FoundFile) {
  if (!/idx|ubyte/i.test(below)) return [];
  const bytes = readFileSync(file);
  const inflated = isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes;
  return isIdx(inflated) ? [{ path: below, bytes: Uint8Array.from(inflated) }] : [];
}

/** As they are: the command asks for no transposing. */
function fromIdx(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Found {
  const classes = idxClasses(idxPairs(files), { isTransposed: false, areLetters: false });
  return {
    classes: classes.map(({ name, count, at }) => ({
      name,
      images: Array.from({ length: count }, (_, i) => formed(at(i))),
    })),
    unread: [],
  };
}

interface Found {
  readonly classes: readonly OwnClass[];
  readonly unread: readonly string[];
}

function fromImages(files: readonly FoundFile[]): Found {
  const listed = classesOf(files);
  const unread = [...listed.unread];
  const classes = listed.classes.map(({ name, files: own }) => ({
    name,
    images: own.flatMap(({ path: below, file }) => {
      try {
        return [formed(decoded(readFileSync(file)))];
      } catch (error) {
        unread.push(`${below}: ${reasonOf(error)}`);
        return [];
      }
    }),
  }));
  return { classes, unread };
}

const formed = (image: DecodedImage) => inForm(image, { side: OWN_SIDE, fit: 'crop', isInverted: false });

function digestOf(...parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, DIGEST_DIGITS);
}

const DECODERS: Partial<Record<ImageKind, (bytes: Buffer) => DecodedImage>> = {
  netpbm: parseNetpbm,
  png: (bytes) => {
    const { width, height, data } = PNG.sync.read(bytes);
    return { width, height, channels: 4, values: data };
  },
  jpeg: (bytes) => {
    const { width, height, data } = decodeJpeg(bytes, {
      useTArray: true,
      maxResolutionInMP: MOST_PIXELS / 1e6,
      maxMemoryUsageInMB: 512,
    });
    return { width, height, channels: 4, values: data };
  },
};

/** @throws DataError with a sentence */
function decoded(bytes: Buffer): DecodedImage {
  const kind = imageKind(bytes);
  const decode = DECODERS[kind];
  if (decode === undefined) throw new DataError(`The page opens ${kind} images, this command does not.`);
  return decode(bytes);
}
