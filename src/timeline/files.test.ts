/** Recordings and sessions as files: what goes in comes out, and what is damaged is refused. */

import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data/errors.ts';
import { createRandom } from '../data/random.ts';
import { startingSchedule } from '../losses/objective.ts';
import { PRESETS } from '../losses/presets.ts';
import { PARAMETER_COUNTS } from '../training/experiment.ts';
import { COARSE, quantise } from './quantise.ts';
import { decodeRecording, encodeRecording, type Recording } from './recording.ts';
import { decodeSession, encodeSession, type Session } from './session.ts';
import type { Frame } from './timeline.ts';

const random = createRandom(1, 'frames');
const SAMPLES = 30;
const floats = (count: number, size = 1) =>
  Float32Array.from({ length: count }, () => size * random.normal());

/** Two runs that grow; the second joins at the third frame. */
const frames: Frame[] = Array.from({ length: 6 }, (_, index) => ({
  step: index * index,
  runs: [0, 1].map((run) =>
    run === 1 && index < 2
      ? undefined
      : {
          points: quantise(floats(2 * SAMPLES, 1 + index), COARSE),
          centres: floats(20),
          means: floats(20),
          predictions: Uint8Array.from({ length: SAMPLES }, () => Math.floor(10 * random.uniform())),
          measures: { D1: random.uniform(), accuracy: random.uniform() },
        },
  ),
}));
const labels = Uint8Array.from({ length: SAMPLES }, (_, i) => i % 10);
const indices = Uint32Array.from({ length: SAMPLES }, (_, i) => 3 * i);

const recording: Recording = {
  origin: { command: 'npm run record', seed: 1 },
  runs: (['S', 'M'] as const).map((name) => ({
    title: PRESETS[name].title,
    schedule: startingSchedule(PRESETS[name].objective, 20),
  })),
  labels,
  indices,
  frames,
};

const count = PARAMETER_COUNTS.compact;
const session: Session = {
  checkpoint: {
    experiment: {
      network: 'compact',
      backend: 'auto',
      seed: 7,
      learningRate: 1e-3,
      warmUpSteps: 20,
      heldOut: [],
      runs: [PRESETS.S, PRESETS.M],
    },
    step: 25,
    learningRates: [{ step: 0, learningRate: 1e-3 }],
    runs: recording.runs.map(({ schedule }) => ({
      schedule,
      parameters: floats(count),
      firstMoments: floats(count),
      secondMoments: floats(count),
      centres: floats(20),
    })),
  },
  labels,
  indices,
  curves: [
    [
      { step: 3, values: { total: 1.5 } },
      { step: 5, values: { total: 1.25, D1: 2 } },
    ],
    [],
  ],
  frames,
};

/** Few parameters: damage is to hit the header and the index, too. */
const small = await encodeRecording(recording);

describe('a recording', () => {
  it('comes back as it was', async () => {
    expect(await decodeRecording(small)).toEqual(recording);
  });

  it('comes back from a host that inflates on the way', async () => {
    expect(await decodeRecording(gunzipSync(small))).toEqual(recording);
  });

  it('that ships with the page can be read, is small, and reaches the letter’s order', async () => {
    const bytes = readFileSync('public/recording.mll');
    expect(bytes.length).toBeLessThanOrEqual(600 * 1024);
    const { frames: recorded, labels: classes, runs } = await decodeRecording(bytes);
    expect(runs.map(({ title }) => title)).toEqual(
      (['S', 'S+C', 'C+M', 'M'] as const).map((name) => PRESETS[name].title),
    );
    expect(classes).toHaveLength(1000);
    expect(recorded[0]?.step).toBe(0);
    const ratios = recorded.at(-1)?.runs.map((run) => run?.measures.D2OverD1 ?? 0) ?? [];
    const [softmax = 0, center = 0, ...margins] = ratios;
    expect(center).toBeGreaterThan(softmax);
    expect(Math.min(...margins)).toBeGreaterThan(center);
  });
});

describe('a session', () => {
  it('comes back as it was, to the last bit', async () => {
    expect(await decodeSession(await encodeSession(session), 'The file a.mll')).toEqual(session);
  });

  it('without frames comes back, too', async () => {
    const empty = { ...session, frames: [], labels: new Uint8Array(0), indices: new Uint32Array(0) };
    expect(await decodeSession(await encodeSession(empty), 'The file')).toEqual(empty);
  });

  it('with a number that is not finite is refused', async () => {
    const [run] = session.checkpoint.runs;
    if (run === undefined) throw new Error('There is no run.');
    const parameters = run.parameters.slice();
    parameters[5] = Number.NaN;
    const runs = [{ ...run, parameters }, run];
    const broken = { ...session, checkpoint: { ...session.checkpoint, runs } };
    await expect(decodeSession(await encodeSession(broken), 'The file a.mll')).rejects.toThrow(
      'The file a.mll is damaged',
    );
  });

  it('is no recording, nor the other way', async () => {
    await expect(decodeSession(small, 'The file a.mll')).rejects.toThrow(DataError);
    await expect(decodeRecording(await encodeSession(session))).rejects.toThrow(DataError);
  });
});

describe('a file that is damaged', () => {
  const plain = gunzipSync(small);

  /** Decoding either works or ends in the one kind of error. */
  async function survives(bytes: Uint8Array): Promise<void> {
    await decodeRecording(bytes).catch((error: unknown) => {
      if (!(error instanceof DataError)) throw error;
    });
  }

  it('anywhere never ends in another error', async () => {
    const damages = fc.array(fc.tuple(fc.nat(plain.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damages, fc.nat(plain.length), async (places, length) => {
        const bytes = Uint8Array.from(plain.subarray(0, length > plain.length / 2 ? undefined : 2 * length));
        for (const [place, value] of places) if (place < bytes.length) bytes[place] = value;
        await survives(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it('in its compressed bytes is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), async (length) => {
        await expect(decodeRecording(small.subarray(0, length))).rejects.toThrow(DataError);
      }),
      { numRuns: 100 },
    );
  });

  it('or any bytes at all never end in another error', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), survives), { numRuns: 500 });
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
