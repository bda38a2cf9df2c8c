/** Every record is checked against itself and, where its files are prepared, against them. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CLASS_RANGE, classCount, mostHeldOut, PARTS, probeCount, seenCount, shardSize } from './set.ts';
import { DATA_SET_IDS, DATA_SETS, DEFAULT_DATA_SET, dataSet } from './sets.ts';

/** LeNets++ halves a side three times. */
const SMALLEST_SIDE = 8;

describe.each(DATA_SETS)('the record of $title', (set) => {
  const filesOf = (part: string, content: string) =>
    set.files.filter((files) => files.part === part && files.content === content);

  it('names its classes, each once', () => {
    expect(new Set(set.classNames).size).toBe(classCount(set));
    expect(classCount(set)).toBeGreaterThanOrEqual(CLASS_RANGE[0]);
    expect(classCount(set)).toBeLessThanOrEqual(CLASS_RANGE[1]);
    expect(set.classNames.every((name) => name.trim() !== '')).toBe(true);
    expect(mostHeldOut(set)).toBe(classCount(set) - 2);
  });

  it('counts each training image in one class', () => {
    expect(set.trainingCounts).toHaveLength(classCount(set));
    expect(seenCount(set, [])).toBe(set.counts.train);
    expect(seenCount(set, [0])).toBe(set.counts.train - (set.trainingCounts[0] ?? Number.NaN));
  });

  it('has images that both networks can take in', () => {
    expect(set.side).toBeGreaterThanOrEqual(SMALLEST_SIDE);
  });

  it('has images and labels of both parts, in files that can be told apart', () => {
    expect(set.files).toHaveLength(4);
    for (const part of PARTS) {
      expect(filesOf(part, 'images')).toHaveLength(1);
      expect(filesOf(part, 'labels')).toHaveLength(1);
    }
    expect(new Set(set.files.map(({ kind }) => kind)).size).toBe(4);
    expect(
      set.files.every(({ kind, sha256 }) => /^[a-z0-9-]+$/.test(kind) && /^[0-9a-f]{64}$/.test(sha256)),
    ).toBe(true);
    expect(set.folder).toMatch(/^([a-z0-9-]+\/)?$/);
    expect(shardSize(set)).toBe(filesOf('train', 'images')[0]?.shardSize);
  });

  it('has its probe among the first test images', () => {
    expect(probeCount(set)).toBeLessThanOrEqual(set.probe.from);
    expect(set.probe.from).toBeLessThanOrEqual(set.counts.test);
  });

  it('says what its originals say', () => {
    const isOfNpm = set.source.kind === 'npm';
    const folder = isOfNpm
      ? path.resolve('node_modules', set.source.package, set.source.folder)
      : set.source.folder;
    // What a command prepares need not be on this machine.
    if (!isOfNpm && !existsSync(folder)) return;
    expect(existsSync(folder), `${set.source.package} is installed`).toBe(true);
    for (const part of PARTS) {
      const file = path.join(folder, filesOf(part, 'labels')[0]?.original ?? '');
      const bytes = isOfNpm ? readFileSync(file) : gunzipSync(readFileSync(`${file}.gz`));
      const labels = bytes.subarray(8);
      expect(labels).toHaveLength(set.counts[part]);
      const count = (among: Uint8Array, label: number) => among.filter((other) => other === label).length;
      if (part === 'train') {
        expect(set.classNames.map((_, label) => count(labels, label))).toEqual(set.trainingCounts);
      } else {
        const first = labels.subarray(0, set.probe.from);
        const fewest = Math.min(...set.classNames.map((_, label) => count(first, label)));
        expect(fewest).toBeGreaterThanOrEqual(set.probe.perClass);
      }
    }
  });
});

it('are told apart by id and folder, and found by id', () => {
  expect(new Set(DATA_SET_IDS).size).toBe(DATA_SETS.length);
  expect(new Set(DATA_SETS.map(({ folder }) => folder)).size).toBe(DATA_SETS.length);
  expect(dataSet(DEFAULT_DATA_SET).id).toBe(DEFAULT_DATA_SET);
  expect(() => dataSet('letters' as never)).toThrow(/no data set "letters"/);
});

it('are known by their records alone: no other code of src/ has a count or a file name of MNIST', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !/^data\//.test(name) && !/\.test\.ts$|in-tests\.ts$/.test(name),
  );
  expect(files.length).toBeGreaterThan(100);
  // A count in milliseconds may be the same number.
  const known =
    /\b784\b|\b60_?000\b(?!.*_MS)(?<!_MS = 60_000)|train-images|t10k|CLASSES = |'mnist'|sets\/mnist/;
  const lines = files.flatMap((name) =>
    readFileSync(path.join('src', name), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(\*|\/\*|\/\/)/.test(line) && known.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(lines).toEqual([]);
});
