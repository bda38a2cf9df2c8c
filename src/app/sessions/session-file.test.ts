/** Sessions as files: what goes in comes out, to the bit, and what contradicts itself is refused. */

import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../data/errors.ts';
import { LAST_STEP } from '../../losses/schedule.ts';
import { withHeader } from '../../timeline/damage-in-tests.ts';
import { floats, recording } from '../../timeline/in-tests.ts';
import { quantise } from '../../timeline/quantise.ts';
import { decodeRecording, encodeRecording } from '../../timeline/recording.ts';
import { type Checkpoint, parameterCountOf } from '../../training/link/protocol.ts';
import { sessionOf } from './in-tests.ts';
import { decodeSession, encodeSession } from './session-file.ts';

const count = parameterCountOf({ network: 'compact', data: 'mnist' });
const session = sessionOf(count);

/** With each array as a digest of its bytes: of so many numbers, that is compared at once, and to the bit. */
function digested(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return `${value.constructor.name} ${createHash('sha256').update(bytes).digest('hex')}`;
  }
  if (Array.isArray(value)) return value.map(digested);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, digested(inner)]));
}

/** The file with another header. */
function withClaim(plain: Uint8Array, change: (header: string) => string): Uint8Array {
  const length = new DataView(plain.buffer).getUint32(8, true);
  const header = new TextDecoder().decode(plain.subarray(12, 12 + length));
  return Uint8Array.from(gzipSync(withHeader(plain.subarray(12 + length), change(header))));
}

async function isRefused(broken: typeof session): Promise<void> {
  const bytes = await encodeSession(broken);
  await expect(decodeSession(bytes, 'The file')).rejects.toThrow('The file is damaged');
}

describe('a session', () => {
  it('comes back as it was, to the last bit', async () => {
    expect(digested(await decodeSession(await encodeSession(session), 'The file a.mll'))).toEqual(
      digested(session),
    );
  });

  it('of before there was a choice of data is of MNIST', async () => {
    const text = gunzipSync(await encodeSession(session)).toString('latin1');
    const old = ['"data":"mnist",', '"classes":10,'].reduce((rest, said) => {
      expect(rest.split(said)).toHaveLength(2);
      return rest.replace(said, ' '.repeat(said.length));
    }, text);
    expect(digested(await decodeSession(Buffer.from(old, 'latin1'), 'The file'))).toEqual(digested(session));
  });

  it('brings pinned samples along, and none that the set does not have', async () => {
    const pinned = { ...session, pins: [12, 9999] };
    expect((await decodeSession(await encodeSession(pinned), 'The file')).pins).toEqual([12, 9999]);
    await isRefused({ ...session, pins: [10_000] });
    await isRefused({ ...session, pins: Array.from({ length: 7 }, (_, i) => i) });
  });

  it('of images of one’s own in many dimensions says what they are, and needs them not', async () => {
    const own = {
      name: 'faces',
      digest: '0123abcd',
      classNames: ['ann', 'bob', 'eve'],
      sizes: [300, 20, 20],
    };
    const experiment = {
      ...session.checkpoint.experiment,
      ...({ data: 'faces@0123abcd', own, dim: 5, heldOut: [2] } as const),
    };
    const values = parameterCountOf(experiment);
    const runs = session.checkpoint.runs.map((run) => ({
      ...run,
      parameters: floats(values),
      firstMoments: floats(values),
      secondMoments: floats(values),
      centres: floats(15),
    }));
    const samples = 4;
    const frames = session.frames.map(({ step, runs: own }) => ({
      step,
      runs: own.map(
        (run) =>
          run && {
            points: quantise(floats(5 * samples)),
            centres: floats(15),
            means: floats(15),
            predictions: Uint8Array.of(0, 1, 2, 0),
            measures: run.measures,
          },
      ),
    }));
    const wide = {
      ...session,
      checkpoint: { ...session.checkpoint, experiment, runs },
      ...{ frames, labels: Uint8Array.of(0, 1, 2, 0), indices: Uint32Array.of(0, 3, 83, 1) },
    };
    expect(digested(await decodeSession(await encodeSession(wide), 'The file'))).toEqual(digested(wide));
    // There are 84 tested images: a fifth of two classes, and all of the third.
    await isRefused({ ...wide, indices: Uint32Array.of(0, 3, 84, 1) });
    await isRefused({
      ...wide,
      checkpoint: { ...wide.checkpoint, experiment: { ...experiment, own: { ...own, digest: '99999999' } } },
    });
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
    expect(digested(await decodeSession(await encodeSession(waiting), 'The file'))).toEqual(
      digested(waiting),
    );
  });

  it.each<[string, (checkpoint: Checkpoint) => Partial<Checkpoint>]>([
    ['seed', ({ experiment }) => ({ experiment: { ...experiment, seed: 8 } })],
    ['held-out digits', ({ experiment }) => ({ experiment: { ...experiment, heldOut: [3] } })],
    ['later step', ({ step }) => ({ step: step + 1 })],
    [
      'run',
      ({ experiment, runs }) => ({
        experiment: { ...experiment, runs: experiment.runs.toReversed() },
        runs: runs.toReversed(),
      }),
    ],
  ])('that would go back to another %s is refused', async (_, change) => {
    const { checkpoint } = session;
    const lastGood = { ...checkpoint, ...change(checkpoint) };
    await isRefused({ ...session, checkpoint: { ...checkpoint, lastGood } });
  });

  it.each<[string, (checkpoint: Checkpoint) => Partial<Checkpoint>]>([
    [
      'rates do not rise in step',
      () => ({ learningRates: [0, 9, 9].map((step) => ({ step, learningRate: 1e-3 })) }),
    ],
    ['last rate is another', () => ({ learningRates: [{ step: 0, learningRate: 2e-3 }] })],
    ['schedules are of other objectives', ({ runs }) => ({ runs: runs.toReversed() })],
    [
      'run waits since a step to come',
      ({ runs, step }) => ({ runs: runs.map((run) => ({ ...run, halted: { step: step + 1, reason: '' } })) }),
    ],
  ])('whose %s is refused', async (_, change) => {
    const { checkpoint } = session;
    await isRefused({ ...session, checkpoint: { ...checkpoint, ...change(checkpoint) } });
  });

  it('of a slider that was dragged for minutes while training comes back', async () => {
    const { checkpoint } = session;
    const [first, second] = checkpoint.experiment.runs.map(({ objective }) => objective);
    if (first === undefined || second === undefined) throw new Error('There are two runs.');
    const schedule = Array.from({ length: 9999 }, (_, step) => ({
      step,
      objective: step % 2 === 0 ? first : second,
    }));
    const runs = checkpoint.runs.map((run, index) => (index === 0 ? { ...run, schedule } : run));
    const dragged = { ...session, checkpoint: { ...checkpoint, step: 10_000, runs } };
    const { checkpoint: opened } = await decodeSession(await encodeSession(dragged), 'The file');
    expect(opened.runs[0]?.schedule).toHaveLength(9999);
  });

  it('without frames comes back, too', async () => {
    const none = { ...session, frames: [], labels: new Uint8Array(0), indices: new Uint32Array(0) };
    for (const empty of [none, { ...session, frames: [] }])
      expect(digested(await decodeSession(await encodeSession(empty), 'The file'))).toEqual(digested(empty));
  });

  it('with frames of no samples is refused', async () => {
    const nothing = { low: 0, level: 0, values: new Uint16Array(0) };
    const frames = recording.frames.map(({ step, runs }) => ({
      step,
      runs: runs.map((run) => run && { ...run, points: nothing, predictions: new Uint8Array(0) }),
    }));
    await isRefused({ ...session, frames, labels: new Uint8Array(0), indices: new Uint32Array(0) });
  });

  it('brings no measure that is not a number, and nothing from after its step', async () => {
    const [frame] = session.frames;
    if (frame === undefined) throw new Error('There is a frame.');
    const measures = { D1: 1, D2: Number.NaN, D2OverD1: Number.POSITIVE_INFINITY };
    const withMeasures = { ...frame, runs: frame.runs.map((run) => run && { ...run, measures }) };
    const late = { ...session, frames: [withMeasures, { ...frame, step: session.checkpoint.step + 1 }] };
    const { frames } = await decodeSession(await encodeSession(late), 'The file');
    expect(frames.map(({ step }) => step)).toEqual([frame.step]);
    expect(frames[0]?.runs[0]?.measures).toEqual({ D1: 1 });
  });

  it('is refused before it is inflated where it declares more than may be', async () => {
    const bytes = await encodeSession(session);
    const declared = bytes.slice();
    new DataView(declared.buffer).setUint32(bytes.length - 4, 2 ** 30, true);
    await expect(decodeSession(declared, 'The file')).rejects.toThrow('larger than it may be');
    const plain = Uint8Array.from(gunzipSync(bytes));
    const claiming = withClaim(plain, (header) => header.replace(/("steps","u32",)\d+/, '$1999999999'));
    expect(gunzipSync(claiming).length).toBeLessThan(2 * plain.length);
    await expect(decodeSession(claiming, 'The file')).rejects.toThrow('larger than it may be');
    // What follows that no header claimed.
    const longer = gzipSync(Buffer.concat([plain, Buffer.alloc(2 ** 20)]));
    await expect(decodeSession(Uint8Array.from(longer), 'The file')).rejects.toThrow('larger than it may be');
  });

  it('of the last step that training reaches comes back', async () => {
    const [curve = []] = session.curves;
    const last = {
      ...session,
      checkpoint: { ...session.checkpoint, step: LAST_STEP },
      frames: session.frames.map((frame, i) => (i === 5 ? { ...frame, step: LAST_STEP } : frame)),
      curves: [[...curve, { step: LAST_STEP, values: { total: 1 } }], []],
    };
    expect(digested(await decodeSession(await encodeSession(last), 'The file'))).toEqual(digested(last));
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
    await expect(decodeSession(await encodeRecording(recording), 'The file a.mll')).rejects.toThrow(
      DataError,
    );
    await expect(decodeRecording(await encodeSession(session))).rejects.toThrow(DataError);
  });
});
