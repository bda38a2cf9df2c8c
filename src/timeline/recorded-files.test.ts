/** What belongs to a recording and stands in files of its own: its samples' images, its runs' networks. */

import { expect, it } from 'vitest';
import { deflate } from '../data/streams.ts';
import { floats, recording } from './in-tests.ts';
import { decodeRecordedImages, encodeRecordedImages } from './recorded-images.ts';
import { decodeRecordedNetworks, encodeRecordedNetworks } from './recorded-networks.ts';

const COUNT = 500;

it('images come back as they were', async () => {
  const images = Uint8Array.from({ length: recording.labels.length * 28 * 28 }, (_, i) => i % 251);
  expect(await decodeRecordedImages(await encodeRecordedImages(images), recording)).toEqual(images);
});

it('networks come back to three digits', async () => {
  const networks = [floats(COUNT), floats(COUNT, 0.01)];
  const back = await decodeRecordedNetworks(await encodeRecordedNetworks(networks), {
    runs: 2,
    parameterCount: COUNT,
  });
  for (const [run, parameters] of networks.entries())
    for (const [i, value] of parameters.entries())
      expect(Math.abs((back[run]?.[i] as number) - value)).toBeLessThanOrEqual(Math.abs(value) / 2000 + 1e-7);
});

it('files of another recording, and other files, are refused in a sentence', async () => {
  const images = await encodeRecordedImages(new Uint8Array(784));
  const networks = await encodeRecordedNetworks([floats(COUNT)]);
  const other = await deflate(new Uint8Array(100));
  const attempts: readonly (() => Promise<unknown>)[] = [
    () => decodeRecordedImages(images, recording),
    () => decodeRecordedImages(networks, recording),
    () => decodeRecordedImages(other, recording),
    () => decodeRecordedNetworks(networks, { runs: 2, parameterCount: COUNT }),
    () => decodeRecordedNetworks(networks, { runs: 1, parameterCount: COUNT + 1 }),
    () => decodeRecordedNetworks(images, { runs: 1, parameterCount: COUNT }),
  ];
  for (const attempt of attempts)
    await expect(attempt()).rejects.toThrow(/^The file of the recorded (images|networks) /);
});
