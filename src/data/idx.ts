/** The IDX format of MNIST: a big-endian header, then bytes (yann.lecun.com/exdb/mnist). */

import { DataError } from './errors.ts';

const IMAGES_MAGIC = 0x0803;
const LABELS_MAGIC = 0x0801;
const IMAGES_HEADER = 16;
const LABELS_HEADER = 8;
export const IMAGE_SIDE = 28;
export const IMAGE_BYTES = IMAGE_SIDE * IMAGE_SIDE;
const CLASSES = 10;

/**
 * The pixels of an IDX file of 28×28 images, [count × 784], a view into `bytes`.
 *
 * @param expectedCount how many images it must hold
 * @throws DataError for a wrong magic number, count or image size, and for missing or trailing bytes
 */
export function parseIdxImages(bytes: Uint8Array, expectedCount: number): Uint8Array {
  const view = header(bytes, IMAGES_HEADER, IMAGES_MAGIC, expectedCount);
  const rows = view.getUint32(8);
  const columns = view.getUint32(12);
  if (rows !== IMAGE_SIDE || columns !== IMAGE_SIDE) {
    throw new DataError(`Its images are ${rows}×${columns} pixels, not ${IMAGE_SIDE}×${IMAGE_SIDE}.`);
  }
  return body(bytes, IMAGES_HEADER, expectedCount * IMAGE_BYTES);
}

/**
 * The labels of an IDX file, [count], each 0 to 9, a view into `bytes`.
 *
 * @throws DataError as `parseIdxImages`, and for a label over 9
 */
export function parseIdxLabels(bytes: Uint8Array, expectedCount: number): Uint8Array {
  header(bytes, LABELS_HEADER, LABELS_MAGIC, expectedCount);
  const labels = body(bytes, LABELS_HEADER, expectedCount);
  const wrong = labels.findIndex((label) => label >= CLASSES);
  if (wrong >= 0) throw new DataError(`Its label ${wrong} is ${labels[wrong]}, which is no digit.`);
  return labels;
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
