/**
 * Reads images of one's own: lists what is there, shows some in the form that was chosen, then takes all. Anything that
 * decodes pictures is given to it, so that it also runs in tests; images-worker.ts gives it the browser's.
 */

import { DataError } from '../../data/errors.ts';
import { type ImageKind, imageKind } from '../../data/image-header.ts';
import { type DecodedImage, parseNetpbm } from '../../data/netpbm.ts';
import { classesOf } from '../../data/own-files.ts';
import { type IdxPair, idxClasses, idxPairs, isIdx } from '../../data/own-idx.ts';
import { digestOf, type OwnImages } from '../../data/own-images.ts';
import {
  joined,
  MOST_BYTES,
  MOST_IMAGES,
  OWN_SIDE,
  type OwnSetHeader,
  ownSetId,
  refuseCount,
  tidyName,
} from '../../data/own-set.ts';
import { reasonOf } from '../../data/reason-of.ts';
import { inForm } from '../../data/resample.ts';
import { inflate, isGzip } from '../../data/streams.ts';
import { unzipped } from '../../data/zip.ts';

/** A file, and where it lay. */
export interface BlobFile {
  readonly path: string;
  readonly file: Blob;
}

/** How images are brought into the form of a set. */
export interface OwnForm {
  readonly fit: 'crop' | 'border';
  readonly isInverted: boolean;
  /** Of IDX alone. */
  readonly isTransposed: boolean;
  readonly areLetters: boolean;
}

/** What was found, before it is decoded. */
export interface Listing {
  readonly kind: 'folders' | 'idx';
  readonly name: string;
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /** Of what is left out, a sentence each. */
  readonly unread: readonly string[];
}

/** A few images in their form, [count × side²] bytes, and the names of their classes. */
export interface Preview {
  readonly images: Uint8Array;
  readonly names: readonly string[];
}

export interface ReadSet {
  readonly header: OwnSetHeader;
  readonly own: OwnImages;
  readonly unread: readonly string[];
}

/** Decodes what this module does not: never PGM or PPM. */
export type Decode = (bytes: Uint8Array, kind: Exclude<ImageKind, 'netpbm'>) => Promise<DecodedImage>;

interface LazyFile {
  readonly path: string;
  readonly read: () => Promise<Uint8Array>;
}

interface LazyClass {
  readonly name: string;
  readonly count: number;
  readonly pathOf: (index: number) => string;
  readonly at: (index: number) => Promise<DecodedImage>;
}

type Source =
  | { readonly kind: 'folders'; readonly classes: readonly LazyClass[] }
  | { readonly kind: 'idx'; readonly pairs: readonly IdxPair[] };

const SHOWN = 12;
/** Images between two tellings of the progress. */
const TOLD_EVERY = 50;

export class OwnReader {
  readonly #decode: Decode;
  #source: Source = { kind: 'folders', classes: [] };
  #name = '';
  #unread: readonly string[] = [];

  constructor(decode: Decode) {
    this.#decode = decode;
  }

  /** Looks at what is there; zips are unpacked, images not yet decoded. @throws DataError with a sentence */
  async open(files: readonly BlobFile[]): Promise<Listing> {
    refuseTooMuch(files.length, sizeOf(files));
    const unread: string[] = [];
    const expanded: LazyFile[] = [];
    const idx: { path: string; bytes: Uint8Array }[] = [];
    let left = MOST_BYTES;
    for (const { path, file } of files) {
      if (/\.zip$/i.test(path)) {
        const options = { wants: isWanted, mostBytes: left, mostFiles: MOST_IMAGES };
        const inside = unzipped(new Uint8Array(await file.arrayBuffer()), path, options);
        left -= inside.reduce((sum, { bytes }) => sum + bytes.length, 0);
        for (const { path: below, bytes } of inside)
          await sort({ path: `${path.replace(/\.zip$/i, '')}/${below}`, read: async () => bytes });
      } else await sort({ path, read: async () => new Uint8Array(await file.arrayBuffer()) });
    }
    refuseTooMuch(expanded.length + idx.length + unread.length, 0);
    if (idx.length > 0) return this.#openIdx(files, idx, expanded);
    const listed = classesOf(expanded);
    refuseCount(listed.classes.length);
    this.#source = { kind: 'folders', classes: listed.classes.map((own) => this.#lazy(own)) };
    return this.#listed(nameOf(files), this.#source.classes, [...unread, ...listed.unread]);

    async function sort(file: LazyFile): Promise<void> {
      if (!mayBeIdx(file.path)) {
        expanded.push(file);
        return;
      }
      const bytes = await file.read();
      const whole = isGzip(bytes) ? await inflate(bytes, { name: file.path, ceiling: left }) : bytes;
      if (whole !== bytes) left -= whole.length;
      if (isIdx(whole)) idx.push({ path: file.path, bytes: whole });
      else unread.push(`${file.path}: It is no IDX file of images or labels.`);
    }
  }

  #openIdx(
    files: readonly BlobFile[],
    idx: readonly { path: string; bytes: Uint8Array }[],
    others: readonly LazyFile[],
  ): Listing {
    const pairs = idxPairs(idx);
    this.#source = { kind: 'idx', pairs };
    const classes = idxClasses(pairs, { isTransposed: false, areLetters: false });
    refuseCount(classes.length);
    const unread = others.map(({ path }) => `${path}: Beside IDX files nothing else is taken.`);
    return this.#listed(nameOf(files), classes, unread);
  }

  #listed(
    name: string,
    classes: readonly { readonly name: string; readonly count: number }[],
    unread: readonly string[],
  ): Listing {
    this.#name = name;
    this.#unread = unread;
    const shown = classes.map((own) => ({ name: tidyName(own.name, 'class'), count: own.count }));
    return { kind: this.#source.kind, name, classes: shown, unread };
  }

  #lazy({ name, files }: { readonly name: string; readonly files: readonly LazyFile[] }): LazyClass {
    const fileAt = (index: number) => {
      const file = files[index];
      if (file === undefined) throw new RangeError(`There is no image ${index} of ${name}.`);
      return file;
    };
    return {
      name,
      count: files.length,
      pathOf: (index) => fileAt(index).path,
      at: async (index) => {
        const bytes = await fileAt(index).read();
        const kind = imageKind(bytes);
        return kind === 'netpbm' ? parseNetpbm(bytes) : this.#decode(bytes, kind);
      },
    };
  }

  #classes({ isTransposed, areLetters }: OwnForm): readonly LazyClass[] {
    const source = this.#source;
    if (source.kind === 'folders') return source.classes;
    return idxClasses(source.pairs, { isTransposed, areLetters }).map(({ name, count, at }) => ({
      name,
      count,
      pathOf: (index) => `${name}, image ${index}`,
      at: async (index) => at(index),
    }));
  }

  /** The first images of some classes, spread over all of them; what can't be read is passed over. */
  async preview(form: OwnForm): Promise<Preview> {
    const classes = this.#classes(form);
    const each = Math.max(1, Math.floor(SHOWN / classes.length));
    const chosen = classes.filter((_, i) => i % Math.ceil(classes.length / SHOWN) === 0);
    const names: string[] = [];
    const images: Uint8Array[] = [];
    for (const own of chosen) {
      for (let index = 0; index < Math.min(each, own.count); index++) {
        try {
          images.push(formed(await own.at(index), form));
          names.push(own.name);
        } catch {
          // It is named when all are read.
        }
      }
    }
    const all = new Uint8Array(images.length * OWN_SIDE ** 2);
    for (const [i, image] of images.entries()) all.set(image, i * OWN_SIDE ** 2);
    return { images: all, names };
  }

  /**
   * All images in their form.
   *
   * @param onProgress hears how many of how many are done
   * @throws DataError with a sentence where what can be read makes no data set
   */
  async read(form: OwnForm, onProgress: (done: number, of: number) => void): Promise<ReadSet> {
    const unread = [...this.#unread];
    const lazy = this.#classes(form);
    const of = lazy.reduce((sum, { count }) => sum + count, 0);
    let done = 0;
    const classes: { name: string; images: Uint8Array[] }[] = [];
    for (const { name, count, at, pathOf } of lazy) {
      const images: Uint8Array[] = [];
      for (let index = 0; index < count; index++) {
        try {
          images.push(formed(await at(index), form));
        } catch (error) {
          unread.push(`${pathOf(index)}: ${reasonOf(error)}`);
        }
        if (++done % TOLD_EVERY === 0) onProgress(done, of);
      }
      classes.push({ name, images });
    }
    const { images, labels, header } = joined(this.#name, classes);
    const whole = { ...header, digest: await digestOf({ images, labels }) };
    return { header: whole, own: { id: ownSetId(whole), images, labels }, unread };
  }
}

const formed = (image: DecodedImage, { fit, isInverted }: OwnForm) =>
  inForm(image, { side: OWN_SIDE, fit, isInverted });

/** Not what an operating system adds. */
const isWanted = (path: string) => !/(^|\/)(\.|__MACOSX)/.test(path);

const mayBeIdx = (path: string) => /(idx\d|ubyte)/i.test(path) || /\.gz$/i.test(path);

function sizeOf(files: readonly BlobFile[]): number {
  return files.reduce((sum, { file }) => sum + file.size, 0);
}

/** Before anything is decoded. */
function refuseTooMuch(files: number, bytes: number): void {
  if (files === 0) throw new DataError('There are no files in it.');
  if (files > MOST_IMAGES) throw new DataError(`There are ${files} files, and at most ${MOST_IMAGES} fit.`);
  if (bytes > MOST_BYTES)
    throw new DataError(
      `The files have ${Math.round(bytes / 1e6)} MB, and at most ${MOST_BYTES / 1e6} MB fit.`,
    );
}

/** Of the folder that all lie in, or of the only file. */
function nameOf(files: readonly BlobFile[]): string {
  const first = files[0]?.path.split('/') ?? [];
  const isShared = first.length > 1 && files.every(({ path }) => path.split('/')[0] === first[0]);
  const name = isShared || files.length === 1 ? first[0] : undefined;
  return tidyName((name ?? 'images').replace(/\.(zip|gz)$/i, ''), 'images');
}
