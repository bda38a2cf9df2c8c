/** One's own IDX files, of which nothing is known beforehand: images and their labels, paired by what they say. */

import { DataError } from './errors.ts';
import { type DecodedImage, MOST_PIXELS } from './netpbm.ts';
import { MOST_IMAGES } from './own-set.ts';

const IMAGES_MAGIC = 0x0803;
const LABELS_MAGIC = 0x0801;
const HEADER = { [IMAGES_MAGIC]: 16, [LABELS_MAGIC]: 8 } as const;

export interface IdxFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Images of one size, with their labels. */
export interface IdxPair {
  readonly rows: number;
  readonly columns: number;
  /** [count × rows × columns] bytes. */
  readonly images: Uint8Array;
  /** [count]. */
  readonly labels: Uint8Array;
}

/** Does a file begin as one of IDX does? */
export function isIdx(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 8 && (bytes[3] === 3 || bytes[3] === 1);
}

interface Part {
  readonly path: string;
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  /** A view into the file. */
  readonly values: Uint8Array;
}

/**
 * Each file of images with the labels of as many; of several by its name, as in train-images and train-labels. Nothing is
 * copied.
 *
 * @throws DataError with a sentence where a file is damaged, or has no partner
 */
export function idxPairs(files: readonly IdxFile[]): readonly IdxPair[] {
  const images = files.filter(({ bytes }) => bytes[3] === 3).map(parsed);
  const labels = files.filter(({ bytes }) => bytes[3] === 1).map(parsed);
  const pairs = images.map((own) => {
    const partner =
      labels.find(({ path, count }) => count === own.count && path === labelsOf(own.path)) ??
      labels.find(({ count }) => count === own.count);
    if (partner === undefined)
      throw new DataError(`${own.path} holds ${own.count} images, and there are no labels of as many.`);
    return { own, partner };
  });
  const lonely = labels.find((own) => pairs.every(({ partner }) => partner !== own));
  if (lonely !== undefined)
    throw new DataError(`${lonely.path} holds ${lonely.count} labels, and there are no images of as many.`);
  const total = pairs.reduce((sum, { own }) => sum + own.count, 0);
  if (total > MOST_IMAGES)
    throw new DataError(`These files hold ${total} images, and at most ${MOST_IMAGES} fit.`);
  return pairs.map(({ own: { rows, columns, values }, partner }) => ({
    rows,
    columns,
    images: values,
    labels: partner.values,
  }));
}

function labelsOf(path: string): string {
  return path.replace('images', 'labels').replace('idx3', 'idx1');
}

function parsed({ path, bytes }: IdxFile): Part {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes[3] === 3 ? IMAGES_MAGIC : LABELS_MAGIC;
  const header = HEADER[magic];
  if (bytes.length < header) throw new DataError(`${path} is cut off within its header.`);
  const count = view.getUint32(4);
  const [rows, columns] = magic === IMAGES_MAGIC ? [view.getUint32(8), view.getUint32(12)] : [1, 1];
  if (rows < 1 || columns < 1 || rows * columns > MOST_PIXELS)
    throw new DataError(`${path} says that its images have ${rows} × ${columns} pixels.`);
  const left = bytes.length - header;
  if (count * rows * columns !== left)
    throw new DataError(
      `${path} says that it holds ${count * rows * columns} bytes, and ${left} are there: it is damaged.`,
    );
  return { path, count, rows, columns, values: bytes.subarray(header) };
}

export interface IdxForm {
  /** Rows and columns change places, as EMNIST's need. */
  readonly isTransposed: boolean;
  /** Labels from 1 are letters from A, as EMNIST's are. */
  readonly areLetters: boolean;
}

/** The images of each label that occurs, in the order of labels; each decoded when it is asked for. */
export function idxClasses(
  pairs: readonly IdxPair[],
  form: IdxForm,
): readonly {
  readonly name: string;
  readonly count: number;
  readonly at: (index: number) => DecodedImage;
}[] {
  const places = new Map<number, { pair: IdxPair; index: number }[]>();
  for (const pair of pairs) {
    for (const [index, label] of pair.labels.entries()) {
      if (places.get(label)?.push({ pair, index }) === undefined) places.set(label, [{ pair, index }]);
    }
  }
  return [...places]
    .sort(([a], [b]) => a - b)
    .map(([label, own]) => ({
      name: form.areLetters && label >= 1 && label <= 26 ? String.fromCharCode(64 + label) : String(label),
      count: own.length,
      at: (place) => {
        const found = own[place];
        if (found === undefined) throw new RangeError(`There is no image ${place} of ${label}.`);
        return imageAt(found.pair, found.index, form.isTransposed);
      },
    }));
}

function imageAt({ rows, columns, images }: IdxPair, index: number, isTransposed: boolean): DecodedImage {
  const size = rows * columns;
  const own = images.subarray(index * size, (index + 1) * size);
  if (!isTransposed) return { width: columns, height: rows, channels: 1, values: own };
  const values = new Uint8Array(size);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      values[column * rows + row] = own[row * columns + column] as number;
  }
  return { width: rows, height: columns, channels: 1, values };
}
