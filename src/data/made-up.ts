/** A tiny data set for tests, of another shape than any real one: 8×8 images of three classes. */

import { idxImages, idxLabels } from './idx.ts';
import type { DataSource } from './image-set.ts';
import { parseManifest } from './manifest.ts';
import { createRandom } from './random.ts';
import type { DataSet, SetFiles } from './set.ts';

const FILE = { original: '', sha256: '' };

export const MADE_UP: DataSet = {
  id: 'made-up',
  title: 'Bars',
  classNames: ['left', 'middle', 'right'],
  word: { one: 'bar', many: 'bars' },
  side: 8,
  counts: { train: 300, test: 60 },
  trainingCounts: [100, 100, 100],
  probe: { perClass: 10, from: 30 },
  folder: 'bars/',
  source: { kind: 'npm', package: '', folder: '' },
  files: [
    { ...FILE, part: 'train', content: 'images', kind: 'bars', shardSize: 150 },
    { ...FILE, part: 'train', content: 'labels', kind: 'bar-labels', shardSize: 300 },
    { ...FILE, part: 'test', content: 'images', kind: 'test-bars', shardSize: 60 },
    { ...FILE, part: 'test', content: 'labels', kind: 'test-bar-labels', shardSize: 60 },
  ],
  credit: 'Nobody’s.',
};

/** Its files, as a server would have them: every label in turn, a bright bar over noise. */
export function madeUpSource(): DataSource {
  const random = createRandom(3, 'bars');
  const contents = new Map<string, Uint8Array>();
  const entries = MADE_UP.files.flatMap((files) =>
    Array.from({ length: Math.ceil(MADE_UP.counts[files.part] / files.shardSize) }, (_, shard) => {
      const name = `${files.kind}-0${shard}.bin`;
      const start = shard * files.shardSize;
      const bytes = idxOf(files, start, random.int);
      contents.set(name, bytes);
      const entry = { name, kind: files.kind, start, count: files.shardSize, bytes: bytes.length };
      return { ...entry, compressedBytes: bytes.length, sha256: '0'.repeat(64) };
    }),
  );
  return {
    manifest: async () => parseManifest({ format: 1, set: MADE_UP.id, files: entries }, MADE_UP),
    file: async ({ name }) => contents.get(name) ?? new Uint8Array(0),
  };
}

function idxOf({ content, shardSize }: SetFiles, start: number, noise: (n: number) => number): Uint8Array {
  const { side, classNames } = MADE_UP;
  const label = (index: number) => (start + index) % classNames.length;
  const itemBytes = content === 'images' ? side * side : 1;
  const body = new Uint8Array(shardSize * itemBytes);
  for (let i = 0; i < body.length; i++) {
    const own = label(Math.floor(i / itemBytes));
    const isBar = Math.abs((i % side) - (1 + 2.5 * own)) < 1;
    body[i] = content === 'labels' ? own : isBar ? 200 + noise(56) : noise(60);
  }
  return content === 'images' ? idxImages(body, side) : idxLabels(body);
}
