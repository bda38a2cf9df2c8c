/** Recordings as files: what goes in comes out, and what is damaged is refused. */

import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data/errors.ts';
import { presetNamed } from '../losses/presets.ts';
import { hostile, survives } from './damage-in-tests.ts';
import { recording } from './in-tests.ts';
import { decodeRecording, encodeRecording } from './recording.ts';

const file = await encodeRecording(recording);

describe('a recording', () => {
  it('comes back as it was', async () => {
    expect(await decodeRecording(file)).toEqual(recording);
  });

  it('comes back from a host that inflates on the way', async () => {
    expect(await decodeRecording(gunzipSync(file))).toEqual(recording);
  });

  it('that ships with the page can be read, is small, and reaches the letter’s order', async () => {
    const bytes = readFileSync('public/recording.mll');
    expect(bytes.length).toBeLessThanOrEqual(600 * 1024);
    const { frames: recorded, labels: classes, runs } = await decodeRecording(bytes);
    expect(runs.map(({ title }) => title)).toEqual(
      (['S', 'S+C', 'C+M', 'M'] as const).map((name) => presetNamed(name).title),
    );
    expect(classes).toHaveLength(1000);
    expect(recorded[0]?.step).toBe(0);
    const ratios = recorded.at(-1)?.runs.map((run) => run?.measures.D2OverD1 ?? 0) ?? [];
    const [softmax = 0, center = 0, ...margins] = ratios;
    expect(center).toBeGreaterThan(softmax);
    expect(Math.min(...margins)).toBeGreaterThan(center);
  });
});

describe('frames', () => {
  it('of which the first hold no run come back', async () => {
    const late = recording.frames.map(({ step, runs }, index) => ({
      step,
      runs: index < 2 ? runs.map(() => undefined) : runs,
    }));
    const changed = { ...recording, frames: late };
    expect(await decodeRecording(await encodeRecording(changed))).toEqual(changed);
  });
});

describe('a recording that is damaged', () => {
  const plain = Uint8Array.from(gunzipSync(file));

  it('anywhere never ends in another error', async () => {
    await fc.assert(
      fc.asyncProperty(hostile(plain), (bytes) => survives(decodeRecording(bytes))),
      { numRuns: 10_000 },
    );
  });

  it('in its compressed bytes is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), async (length) => {
        await expect(decodeRecording(file.subarray(0, length))).rejects.toThrow(DataError);
      }),
      { numRuns: 100 },
    );
  });

  it('or any bytes at all never end in another error', async () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(bytes, (any) => survives(decodeRecording(any))),
      { numRuns: 500 },
    );
  });

  it('that expands beyond its ceiling is refused before it is kept', async () => {
    const bomb = gzipSync(new Uint8Array(64 * 2 ** 20));
    await expect(decodeRecording(bomb)).rejects.toThrow('larger than it may be');
  });

  it('whose header promises more than there is, is refused without allocating it', async () => {
    const text = new TextDecoder('latin1').decode(plain).replace(/"frames":6/, '"frames":5000');
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    await expect(decodeRecording(bytes)).rejects.toThrow(DataError);
  });
});
