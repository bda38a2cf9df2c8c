/** The IDX format, in which MNIST and its successors are published: a big-endian header, then bytes (yann.lecun.com/exdb/mnist). */

import { DataError } from './errors.ts';

const IMAGES_MAGIC = 0x0803;
const LABELS_MAGIC = 0x0801;
const IMAGES_HEADER = 16;
const LABELS_HEADER = 8;

/**
 * The pixels of an IDX file of square images, [count × side²], a view into `bytes`.
 *
 * @param expected how many images it must hold, and how large they are
 * @throws DataError for a wrong magic number, count or image size, and for missing or trailing bytes
 */
export function parseIdxImages(bytes: Uint8Array, expected: { count: number; side: number }): Uint8Array {
  const { count, side } = expected;
  const view = header(bytes, IMAGES_HEADER, IMAGES_MAGIC, count);
  const rows = view.getUint32(8);
  const columns = view.getUint32(12);
  if (rows !== side || columns !== side) {
    throw new DataError(`Its images are ${rows}×${columns} pixels, not ${side}×${side}.`);
  }
  return body(bytes, IMAGES_HEADER, count * side * side);
}

/**
 * The labels of an IDX file, [count], each below the number of classes, a view into `bytes`.
 *
 * @throws DataError as `parseIdxImages`, and for a label of no class
 */
export function parseIdxLabels(bytes: Uint8Array, expected: { count: number; classes: number }): Uint8Array {
  const { count, classes } = expected;
  header(bytes, LABELS_HEADER, LABELS_MAGIC, count);
  const labels = body(bytes, LABELS_HEADER, count);
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new DataError(`Its label ${wrong} is ${labels[wrong]}, and the classes end with ${classes - 1}.`);
  }
  return labels;
}

/** An IDX file of square images. @param images [count × side²] */
export function idxImages(images: Uint8Array, side: number): Uint8Array {
  return withHeader([IMAGES_MAGIC, images.length / side ** 2, side, side], images);
}

/** An IDX file of labels, [count]. */
export function idxLabels(labels: Uint8Array): Uint8Array {
  return withHeader([LABELS_MAGIC, labels.length], labels);
}

function withHeader(words: readonly number[], values: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 * words.length + values.length);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setUint32(4 * index, word);
  bytes.set(values, 4 * words.length);
  return bytes;
}

function header(bytes: Uint8Array, length: number, magic: number, expectedCount: number): DataView {
  if (bytes.length < length) throw new DataError(`It has ${bytes.length} bytes, fewer than an IDX header.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== magic)
    throw new DataError('It does not begin like the IDX file that was expected.');
  const count = view.getUint32(4);
  if (count !== expectedCount)
    throw new DataError(`It says that it holds ${count} items, not ${expectedCount}.`);
  return view;
}

function body(bytes: Uint8Array, start: number, length: number): Uint8Array {
  const difference = bytes.length - start - length;
  if (difference < 0) throw new DataError(`It is cut off: ${-difference} bytes are missing.`);
  if (difference > 0) throw new DataError(`It has ${difference} bytes too many.`);
  return bytes.subarray(start);
}
