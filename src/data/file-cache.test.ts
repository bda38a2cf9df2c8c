/** The browser's cache of data files, which all sets of an origin share. */

import { expect, it } from 'vitest';
import { FileCache } from './file-cache.ts';

/** As much of a CacheStorage as is used. */
function fakeCaches(): CacheStorage {
  const entries = new Map<string, Response>();
  const cache = {
    match: async (url: string) => entries.get(url)?.clone(),
    put: async (url: string, response: Response) => void entries.set(url, response),
    delete: async (url: string) => entries.delete(url),
    keys: async () => [...entries.keys()].map((url) => ({ url })),
  };
  return { open: async () => cache } as unknown as CacheStorage;
}

const file = (name: string, digest: string) => ({ name, sha256: digest.repeat(64) });
const bytes = Uint8Array.of(1, 2, 3);

it('gives back what was put, under its digest', async () => {
  const cache = new FileCache('http://host/data/', fakeCaches());
  await cache.put(file('a.bin', '1'), bytes);
  expect(await cache.get(file('a.bin', '1'))).toEqual(bytes);
  expect(await cache.get(file('a.bin', '2'))).toBeUndefined();
  await cache.drop(file('a.bin', '1'));
  expect(await cache.get(file('a.bin', '1'))).toBeUndefined();
});

it('forgets older files of one set and leaves those of others', async () => {
  const caches = fakeCaches();
  const digits = new FileCache('http://host/data/', caches);
  const fashion = new FileCache('http://host/data/fashion/', caches);
  const elsewhere = new FileCache('http://host/other/data/', caches);
  const [old, now] = [file('train-images-00.bin', '1'), file('train-images-00.bin', '2')];
  for (const cache of [digits, fashion, elsewhere]) {
    await cache.put(old, bytes);
    await cache.put(now, bytes);
  }
  const kept = async (cache: FileCache) =>
    [await cache.get(old), await cache.get(now)].map((one) => one !== undefined);
  await digits.keepOnly([now]);
  expect(await kept(digits)).toEqual([false, true]);
  expect(await kept(fashion)).toEqual([true, true]);
  await fashion.keepOnly([old]);
  expect(await kept(fashion)).toEqual([true, false]);
  expect(await kept(digits)).toEqual([false, true]);
  expect(await kept(elsewhere)).toEqual([true, true]);
});

it('costs nothing but downloads where the browser keeps nothing', async () => {
  const refusing = { open: () => Promise.reject(new Error('private')) } as unknown as CacheStorage;
  for (const caches of [undefined, refusing]) {
    const cache = new FileCache('http://host/data/', caches);
    await cache.put(file('a.bin', '1'), bytes);
    await cache.keepOnly([]);
    expect(await cache.get(file('a.bin', '1'))).toBeUndefined();
  }
});
