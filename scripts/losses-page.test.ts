/** docs/losses.md: what it says of made-up runs, and that it is what its command writes of the runs that are kept. */

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PRESETS, pictureName, presetNamed } from '../src/losses/presets.ts';
import { intervalOf } from '../src/measures/interval.ts';
import { type LossResult, lossesPage } from './losses-page.ts';
import { DRAWN_SEED, EPOCHS, HELD_OUT, SEEDS } from './losses-study.ts';
import { thumbnailOf } from './thumbnail.ts';

const FACTS = { seeds: SEEDS, drawnSeed: DRAWN_SEED, epochs: EPOCHS, heldOut: HELD_OUT };

function results(
  preset: string,
  accuracies: readonly number[],
  heldOut: readonly number[] = [],
): LossResult[] {
  const { objective } = presetNamed(preset);
  return accuracies.map((accuracy, i) => ({
    ...{ preset, seed: i + 1, heldOut, objective, commit: 'abc', code: 'def', kernels: 'simd' },
    measures: { accuracy },
  }));
}

it('an interval is that of Student’s t, and one value has none', () => {
  const { mean, deviation, low, high } = intervalOf([1, 2, 3]) ?? {};
  expect([mean, deviation]).toEqual([2, 1]);
  expect(low).toBeCloseTo(2 - 4.303 / Math.sqrt(3), 9);
  expect(high).toBeCloseTo(2 + 4.303 / Math.sqrt(3), 9);
  expect(intervalOf([1])).toBeUndefined();
});

describe('the page', () => {
  it('ranks nothing whose intervals overlap', () => {
    const page = lossesPage(
      [
        ...results('arcface', [0.95, 0.951, 0.952]),
        ...results('M', [0.93, 0.95, 0.97]),
        ...results('hinge', [0.8, 0.801, 0.802]),
        // Of runs with digits held out nothing goes into the columns of the others.
        ...results('hinge', [0.99, 0.991, 0.992], [8, 9]),
      ],
      FACTS,
    );
    expect(page).toContain('| ArcFace | cosine | 0.951 ± 0.001 |');
    expect(page).toContain('- **accuracy**: Margin, ArcFace\n');
    expect(page).toContain('- **D2/D1**: no runs yet');
  });

  it('has an entry, a source and a picture for every preset, and names what is left out', () => {
    const page = lossesPage([], FACTS);
    for (const preset of PRESETS) {
      expect(page).toContain(`### ${preset.title}\n`);
      expect(page).toContain(`(losses/${pictureName(preset)}.svg)`);
      expect(existsSync(`docs/losses/${pictureName(preset)}.svg`), preset.name).toBe(true);
      expect(existsSync(`public/losses/${pictureName(preset)}.svg`), preset.name).toBe(true);
    }
    for (const name of ['AdaCos', 'Contrastive-center', 'One-vs-all']) expect(page).toContain(name);
  });

  it('is what the kept runs say', () => {
    const lines = readFileSync('docs/losses.jsonl', 'utf8').trim().split('\n');
    expect(lines).toHaveLength(2 * SEEDS.length * PRESETS.length);
    const kept = lines.map((line): LossResult => JSON.parse(line));
    for (const { preset, objective } of kept) expect(objective).toEqual(presetNamed(preset).objective);
    expect(lossesPage(kept, FACTS)).toBe(readFileSync('docs/losses.md', 'utf8'));
  });
});

it('a small picture has a path a class, within its frame', () => {
  const svg = thumbnailOf('label,x,y\n0,-1,0\n1,1,1\n1,2,0\n');
  expect(svg.match(/<path/g)).toHaveLength(2);
  const numbers = [...svg.matchAll(/[M ](-?[\d.]+)/g)].map(([, text]) => Number(text));
  for (const number of numbers.filter(Number.isFinite)) expect(number).toBeLessThanOrEqual(44);
});
