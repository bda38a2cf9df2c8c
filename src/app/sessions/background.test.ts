/** Long work of sessions in a worker that is scripted: in order, within limits, and without a worker as well. */

import { gunzipSync } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { Background } from './background.ts';
import { sessionOf } from './in-tests.ts';
import type { TaskAnswer, TaskCall } from './session-tasks.ts';

/** A worker that answers as it is told to. */
class ScriptedWorker {
  onmessage: ((event: { data: TaskAnswer }) => void) | undefined;
  onerror: ((event: { preventDefault: () => void }) => void) | undefined;
  isEnded = false;
  readonly calls: TaskCall[] = [];

  postMessage(call: TaskCall): void {
    this.calls.push(call);
  }

  terminate(): void {
    this.isEnded = true;
  }
}

function scripted() {
  const workers: ScriptedWorker[] = [];
  const background = new Background(() => {
    const worker = new ScriptedWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  return { background, workers };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const file = new Uint8Array(3);

it('is done one after the other', async () => {
  const { background, workers } = scripted();
  const both = ['a', 'b'].map((name) => background.run('decodeSession', 1e6, file, name));
  await settled();
  expect(workers[0]?.calls.map(({ args }) => args[1])).toEqual(['a']);
  workers[0]?.onmessage?.({ data: { error: { name: 'DataError', message: 'a is damaged.' } } });
  await expect(both[0]).rejects.toMatchObject({ name: 'DataError', message: 'a is damaged.' });
  await settled();
  expect(workers[0]?.calls.map(({ args }) => args[1])).toEqual(['a', 'b']);
  workers[0]?.onmessage?.({ data: { result: 'b' } });
  expect(await both[1]).toBe('b');
  expect(workers).toHaveLength(1);
});

it('that takes too long is ended, and the next is done by another worker', async () => {
  const { background, workers } = scripted();
  const slow = background.run('decodeSession', 1, file, 'a');
  await expect(slow).rejects.toMatchObject({ name: 'SilenceError' });
  expect(workers[0]?.isEnded).toBe(true);
  const next = background.run('decodeSession', 1e6, file, 'b');
  await settled();
  workers[1]?.onmessage?.({ data: { result: 'b' } });
  expect(await next).toBe('b');
});

it('of a worker that goes a minute without a task ends the worker', async () => {
  vi.useFakeTimers();
  const { background, workers } = scripted();
  const task = background.run('decodeSession', 1e3, file, 'a');
  await vi.advanceTimersByTimeAsync(0);
  workers[0]?.onmessage?.({ data: { result: 'a' } });
  await task;
  await vi.advanceTimersByTimeAsync(59_000);
  expect(workers[0]?.isEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(workers[0]?.isEnded).toBe(true);
  vi.useRealTimers();
});

it.each([
  [
    'starts no worker',
    () => {
      throw new Error('No.');
    },
  ],
  [
    'does not get the worker’s code',
    () => {
      const worker = new ScriptedWorker();
      setTimeout(() => worker.onerror?.({ preventDefault: () => {} }));
      return worker as unknown as Worker;
    },
  ],
])('is done by a page that %s', async (_, createWorker) => {
  const background = new Background(createWorker);
  const bytes = await background.run('encodeSession', 1e6, sessionOf(10));
  expect(gunzipSync(bytes).toString('latin1')).toMatch(/^MLLAB 1/);
  await expect(background.run('decodeSession', 1e6, file, 'a')).rejects.toMatchObject({ name: 'DataError' });
});
