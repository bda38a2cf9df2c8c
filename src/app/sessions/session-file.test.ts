/** Recordings and sessions as files: what goes in comes out, and what is damaged is refused. */

import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../data/errors.ts';
import { createRandom } from '../../data/random.ts';
import { presetNamed, runOf } from '../../losses/presets.ts';
import { startingSchedule } from '../../losses/schedule.ts';
import { COARSE, quantise } from '../../timeline/quantise.ts';
import { decodeRecording, encodeRecording, type Recording } from '../../timeline/recording.ts';
import type { Frame } from '../../timeline/timeline.ts';
import { parameterCountOf } from '../../training/link/protocol.ts';
import { decodeSession, encodeSession, type Session } from './session-file.ts';

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
  data: 'mnist',
  runs: (['S', 'M'] as const).map((name) => ({
    title: presetNamed(name).title,
    schedule: startingSchedule(presetNamed(name).objective, 20),
  })),
  labels,
  indices,
  frames,
};

const count = parameterCountOf({ network: 'compact', data: 'mnist' });
const session: Session = {
  checkpoint: {
    experiment: {
      data: 'mnist',
      network: 'compact',
      backend: 'auto',
      seed: 7,
      learningRate: 1e-3,
      warmUpSteps: 20,
      heldOut: [],
      runs: [runOf('S'), runOf('M')],
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
    const late = frames.map(({ step, runs }, index) => ({
      step,
      runs: index < 2 ? runs.map(() => undefined) : runs,
    }));
    const changed = { ...recording, frames: late };
    expect(await decodeRecording(await encodeRecording(changed))).toEqual(changed);
  });
});

describe('a session', () => {
  it('comes back as it was, to the last bit', async () => {
    expect(await decodeSession(await encodeSession(session), 'The file a.mll')).toEqual(session);
  });

  it('of before there was a choice of data is of MNIST', async () => {
    const text = gunzipSync(await encodeSession(session)).toString('latin1');
    const old = ['"data":"mnist",', '"classes":10,'].reduce((rest, said) => {
      expect(rest.split(said)).toHaveLength(2);
      return rest.replace(said, ' '.repeat(said.length));
    }, text);
    expect(await decodeSession(Buffer.from(old, 'latin1'), 'The file')).toEqual(session);
  });

  it('in which a run waits comes back with what it can go back to', async () => {
    const { checkpoint } = session;
    const [first, second] = checkpoint.runs;
    if (first === undefined || second === undefined) throw new Error('There are two runs.');
    const halted = { step: 20, reason: 'its loss is no longer a number' };
    const waiting = {
      ...session,
      checkpoint: {
        ...checkpoint,
        runs: [first, { ...second, halted }],
        // The second run joined later.
        lastGood: {
          ...checkpoint,
          step: 20,
          experiment: { ...checkpoint.experiment, runs: checkpoint.experiment.runs.slice(0, 1) },
          runs: [{ ...first, parameters: floats(count) }],
        },
      },
    };
    expect(await decodeSession(await encodeSession(waiting), 'The file')).toEqual(waiting);
  });

  it('that would go back to another experiment is refused', async () => {
    const { checkpoint } = session;
    const lastGood = { ...checkpoint, experiment: { ...checkpoint.experiment, seed: 8 } };
    const broken = { ...session, checkpoint: { ...checkpoint, lastGood } };
    await expect(decodeSession(await encodeSession(broken), 'The file')).rejects.toThrow(DataError);
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

/** What a file of ours may be turned into: bytes that changed, a length that changed, a header that lies. */
function hostile(plain: Uint8Array): fc.Arbitrary<Uint8Array> {
  const headerLength = new DataView(plain.buffer, plain.byteOffset).getUint32(8, true);
  const header = new TextDecoder().decode(plain.subarray(12, 12 + headerLength));
  const damage = (most: number) =>
    fc.array(fc.tuple(fc.nat(most - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }).map((places) => {
      const bytes = plain.slice();
      for (const [place, value] of places) bytes[place] = value;
      return bytes;
    });
  const cut = fc.nat(plain.length).map((length) => plain.slice(0, length));
  const paths = pathsOf(JSON.parse(header));
  const lie = fc.tuple(
    fc.constantFrom(...paths),
    fc.oneof(fc.constantFrom(...HOSTILE_VALUES), fc.jsonValue()),
  );
  const lying = fc.array(lie, { minLength: 1, maxLength: 3 }).map((lies) => {
    const content: unknown = JSON.parse(header);
    for (const [path, value] of lies) replace(content, path, value);
    return withHeader(plain.subarray(12 + headerLength), JSON.stringify(content));
  });
  return fc.oneof(damage(12 + headerLength), damage(plain.length), cut, lying);
}

const HOSTILE_VALUES = [-1, 0.5, 2 ** 31, 1e308, null, '', '__proto__', 'x'.repeat(5000), [], {}, [[[]]]];

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function replace(content: unknown, path: readonly string[], value: unknown): void {
  let place = content as Record<string, unknown> | undefined;
  for (const key of path.slice(0, -1)) place = place?.[key] as Record<string, unknown> | undefined;
  const last = path.at(-1);
  if (typeof place === 'object' && place !== null && last !== undefined) place[last] = structuredClone(value);
}

function withHeader(rest: Uint8Array, header: string): Uint8Array {
  const encoded = new TextEncoder().encode(header);
  const bytes = new Uint8Array(12 + encoded.length + rest.length);
  bytes.set(new TextEncoder().encode('MLLAB 1\n'));
  new DataView(bytes.buffer).setUint32(8, encoded.length, true);
  bytes.set(encoded, 12);
  bytes.set(rest, 12 + encoded.length);
  return bytes;
}

describe('a file that is damaged', () => {
  const plain = Uint8Array.from(gunzipSync(small));

  /** Decoding either works or ends in the one kind of error, and leaves no trace on every object. */
  async function survives(decoding: Promise<unknown>): Promise<void> {
    await decoding.catch((error: unknown) => {
      if (!(error instanceof DataError)) throw error;
    });
    expect(Object.keys(Object.prototype)).toEqual([]);
  }

  it('anywhere never ends in another error: recordings', async () => {
    await fc.assert(
      fc.asyncProperty(hostile(plain), (bytes) => survives(decodeRecording(bytes))),
      { numRuns: 10_000 },
    );
  });

  it('anywhere never ends in another error: sessions', async () => {
    const { checkpoint, curves } = session;
    const single = {
      ...checkpoint,
      experiment: { ...checkpoint.experiment, runs: checkpoint.experiment.runs.slice(0, 1) },
      runs: checkpoint.runs.slice(0, 1),
    };
    const alone = {
      ...session,
      checkpoint: { ...single, lastGood: single },
      frames: frames.map(({ step, runs }) => ({ step, runs: runs.slice(0, 1) })),
      curves: curves.slice(0, 1),
    };
    const bytes = Uint8Array.from(gunzipSync(await encodeSession(alone)));
    await fc.assert(
      fc.asyncProperty(hostile(bytes), (changed) => survives(decodeSession(changed, 'The file'))),
      { numRuns: 10_000 },
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
    const decoding = fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      await survives(decodeRecording(bytes));
      await survives(decodeSession(bytes, 'The file'));
    });
    await fc.assert(decoding, { numRuns: 500 });
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
