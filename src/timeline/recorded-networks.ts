/** The networks that a recording ends with, in a file of their own: who draws a digit before training needs them. */

import * as v from 'valibot';
import { fromHalf, toHalf } from '../data/half.ts';
import { pack, unpack } from './container.ts';

/** Inflated. Four compact networks are 0.4 MB. */
const CEILING = 4 * 2 ** 20;
const MOST_RUNS = 4;

const schema = v.object({
  kind: v.literal('recorded-networks'),
  runs: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_RUNS)),
});

/** @param parameters θ of each run, rounded to half precision */
export function encodeRecordedNetworks(parameters: readonly Float32Array[]): Promise<Uint8Array> {
  const arrays = new Map(parameters.map((theta, run) => [`run${run}`, toHalf(theta)]));
  return pack({ kind: 'recorded-networks', runs: parameters.length }, arrays);
}

/**
 * θ of each run.
 *
 * @param runs how many the recording has
 * @param parameterCount of the network that it was made with
 * @throws DataError with a sentence where the bytes are no such file, or not of this recording
 */
export async function decodeRecordedNetworks(
  bytes: Uint8Array,
  { runs, parameterCount }: { readonly runs: number; readonly parameterCount: number },
): Promise<readonly Float32Array[]> {
  const file = await unpack(bytes, { name: 'The file of the recorded networks', ceiling: CEILING });
  if (!v.is(schema, file.content) || file.content.runs !== runs) throw file.damaged();
  return Array.from({ length: runs }, (_, run) => {
    const parameters = fromHalf(file.array(`run${run}`, Uint16Array, parameterCount));
    if (!parameters.every(Number.isFinite)) throw file.damaged();
    return parameters;
  });
}
