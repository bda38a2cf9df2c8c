/** Sessions that are damaged, thousands of them: none ends in another error than that of a file. */

import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { hostile, survives } from '../../timeline/damage-in-tests.ts';
import { createCommands } from '../state/commands.ts';
import { sessionOf } from './in-tests.ts';
import { decodeSession, encodeSession } from './session-file.ts';

const COUNTS = { compact: 40, 'lenets++': 60 };

/** A network of few parameters: of a true one's, nearly all that is damaged would be its weights. */
vi.mock('../../training/link/protocol.ts', async (original) => ({
  ...(await original<typeof import('../../training/link/protocol.ts')>()),
  parameterCountOf: ({ network }: { readonly network: keyof typeof COUNTS }) => COUNTS[network],
}));

const { checkpoint, curves, frames, ...rest } = sessionOf(COUNTS.compact);
const single = {
  ...checkpoint,
  experiment: { ...checkpoint.experiment, runs: checkpoint.experiment.runs.slice(0, 1) },
  runs: checkpoint.runs.slice(0, 1),
};
/** With one run, and a state to go back to. */
const session = {
  ...rest,
  checkpoint: { ...single, lastGood: single },
  frames: frames.map(({ step, runs }) => ({ step, runs: runs.slice(0, 1) })),
  curves: curves.slice(0, 1),
};
const plain = Uint8Array.from(gunzipSync(await encodeSession(session)));

it('a session as it was written comes back', async () => {
  expect(await decodeSession(plain, 'The file')).toEqual(session);
});

/** A page that never starts a worker. */
const commands = createCommands({
  hash: '',
  dataUrl: 'http://localhost/data/',
  saveData: false,
  prefersStill: true,
  onHash: () => {},
  createClient: () => ({
    send: () => {},
    subscribe: () => () => {},
    checkpoint: async () => undefined,
    finalCheckpoint: async () => undefined,
    request: () => new Promise(() => {}),
    moveTo: async () => {},
    dispose: () => {},
  }),
  fetchRecordedImages: async () => new Uint8Array(0),
  backendMemory: { get: () => undefined, set: () => {} },
  coresMemory: { get: () => undefined, set: () => {} },
});

it('a session that is damaged anywhere is refused, or can be shown', async () => {
  const opened = async (bytes: Uint8Array) => commands.resume(await decodeSession(bytes, 'The file'));
  await fc.assert(
    fc.asyncProperty(hostile(plain), (bytes) => survives(opened(bytes))),
    { numRuns: 10_000 },
  );
});

it('any bytes at all never end in another error', async () => {
  const bytes = fc.uint8Array({ maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(bytes, (any) => survives(decodeSession(any, 'The file'))),
    { numRuns: 500 },
  );
});
