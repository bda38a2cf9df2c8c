/** Centres that a term trains go through files and messages with the rest of the state. */

import { expect, it, vi } from 'vitest';
import { floats } from '../../timeline/in-tests.ts';
import { parseMessage } from '../../training/link/messages.ts';
import { type Checkpoint, parameterCountOf } from '../../training/link/protocol.ts';
import { sessionOf } from './in-tests.ts';
import { decodeSession, encodeSession } from './session-file.ts';

vi.mock('../../losses/terms.ts', async (original) =>
  (await import('../../losses/pull-in-tests.ts')).withPull(await original()),
);

const count = parameterCountOf({ network: 'compact', data: 'mnist' });
const session = sessionOf(count);

/** The session with such centres in its first run. */
function withTrained(term: string, length: number) {
  const [first, ...others] = session.checkpoint.runs;
  if (first === undefined) throw new Error('A session has a run.');
  const trained = [{ term, updates: 7 }];
  const [parameters, firstMoments, secondMoments] = [floats(length), floats(length), floats(length)];
  const run = { ...first, parameters, firstMoments, secondMoments: secondMoments.map(Math.abs), trained };
  const checkpoint: Checkpoint = { ...session.checkpoint, runs: [run, ...others] };
  return { ...session, checkpoint };
}

const opened = async (changed: typeof session) =>
  (await decodeSession(await encodeSession(changed), 'The file')).checkpoint;

const asked = (resume: Checkpoint) =>
  parseMessage({
    id: 1,
    command: {
      type: 'open',
      experiment: resume.experiment,
      dataUrl: 'http://localhost/data/',
      fetchNow: true,
      resume,
    },
  });

it('come back from a file, and pass the worker’s door', async () => {
  const changed = withTrained('pull', count + 20);
  const checkpoint = await opened(changed);
  expect(checkpoint.runs[0]?.trained).toEqual([{ term: 'pull', updates: 7 }]);
  expect(checkpoint.runs[0]?.parameters).toEqual(changed.checkpoint.runs[0]?.parameters);
  expect(checkpoint.runs[1]?.trained).toBeUndefined();
  expect(() => asked(changed.checkpoint)).not.toThrow();
});

it.each([
  ['of a term that trains none', 'center', count + 20],
  ['of an unknown term', 'push', count + 20],
  ['that are not there', 'pull', count],
])('are refused %s', async (_, term, length) => {
  const changed = withTrained(term, length);
  await expect(opened(changed)).rejects.toThrow('damaged');
  expect(() => asked(changed.checkpoint)).toThrow();
});
