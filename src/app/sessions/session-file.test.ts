/** Sessions as files: what goes in comes out, to the bit, and what contradicts itself is refused. */

import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../data/errors.ts';
import { floats, recording } from '../../timeline/in-tests.ts';
import { decodeRecording, encodeRecording } from '../../timeline/recording.ts';
import { parameterCountOf } from '../../training/link/protocol.ts';
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

  it('that would go back to another experiment is refused', async () => {
    const { checkpoint } = session;
    const lastGood = { ...checkpoint, experiment: { ...checkpoint.experiment, seed: 8 } };
    const broken = { ...session, checkpoint: { ...checkpoint, lastGood } };
    await expect(decodeSession(await encodeSession(broken), 'The file')).rejects.toThrow(DataError);
  });

  it('without frames comes back, too', async () => {
    const empty = { ...session, frames: [], labels: new Uint8Array(0), indices: new Uint32Array(0) };
    expect(digested(await decodeSession(await encodeSession(empty), 'The file'))).toEqual(digested(empty));
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
