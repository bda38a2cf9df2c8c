/** The images of a recording's samples, in a file of their own: the picture comes without them. */

import * as v from 'valibot';
import { dataSet } from '../data/sets.ts';
import { pack, unpack } from './container.ts';
import type { Recording } from './recording.ts';

/** Inflated. */
const CEILING = 4 * 2 ** 20;

const schema = v.object({ kind: v.literal('recorded-images') });

/** @param images [count × side²] bytes, 0 paper and 255 ink, in the order of the recording's samples */
export function encodeRecordedImages(images: Uint8Array): Promise<Uint8Array> {
  return pack({ kind: 'recorded-images' }, new Map([['images', images]]));
}

/**
 * [count × side²] bytes, in the order of the recording's samples.
 *
 * @throws DataError with a sentence where the bytes are no such file, or not of this recording
 */
export async function decodeRecordedImages(
  bytes: Uint8Array,
  { data, labels }: Pick<Recording, 'data' | 'labels'>,
): Promise<Uint8Array> {
  const file = await unpack(bytes, { name: 'The file of the recorded images', ceiling: CEILING });
  if (!v.is(schema, file.content)) throw file.damaged();
  return file.array('images', Uint8Array, labels.length * dataSet(data).side ** 2);
}
