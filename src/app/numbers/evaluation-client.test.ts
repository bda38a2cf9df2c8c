/** The supervisor of the worker that evaluates, over scripted workers; e2e/faults/evaluation.test.ts has real ones. */

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EvaluationClient } from './evaluation-client.ts';

/** A worker that does what it is told to. */
class ScriptedWorker extends EventTarget {
  asked = 0;
  isTerminated = false;

  postMessage(): void {
    this.asked++;
  }

  terminate(): void {
    this.isTerminated = true;
  }

  answers(): void {
    this.dispatchEvent(new MessageEvent('message', { data: [] }));
  }

  fails(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

function supervised() {
  const workers: ScriptedWorker[] = [];
  const client = new EvaluationClient(() => {
    const worker = new ScriptedWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  /** Asks for nothing of so many runs; how it went, as soon as that is known. */
  const ask = (runs: number) => {
    const outcome = { is: 'open' };
    client.evaluate(Array.from({ length: runs }, () => undefined)).then(
      () => {
        outcome.is = 'answered';
      },
      (error: Error) => {
        outcome.is = error.message;
      },
    );
    return outcome;
  };
  const newest = () => workers.at(-1) as ScriptedWorker;
  return { client, workers, newest, ask };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('waits as long as the work may take, then ends the worker; the next one is given twice the time', async () => {
  const { workers, newest, ask } = supervised();
  const first = ask(4);
  await vi.advanceTimersByTimeAsync(17_000);
  expect(first.is).toBe('open');
  await vi.advanceTimersByTimeAsync(2000);
  expect(first.is).toContain('it fell silent');
  expect(workers[0]?.isTerminated).toBe(true);
  const second = ask(1);
  await vi.advanceTimersByTimeAsync(17_000);
  expect(second.is).toBe('open');
  newest().answers();
  await vi.advanceTimersByTimeAsync(0);
  expect(second.is).toBe('answered');
  // At rest it owes nothing.
  await vi.advanceTimersByTimeAsync(600_000);
  expect(workers).toHaveLength(2);
  expect(newest().isTerminated).toBe(false);
});

it('makes another worker after an exception, also of one that nobody waited for', async () => {
  const { workers, newest, ask } = supervised();
  const first = ask(1);
  newest().fails('Uncaught Error: injected');
  await vi.advanceTimersByTimeAsync(0);
  expect(first.is).toContain('injected');
  ask(1);
  newest().answers();
  newest().fails('Uncaught Error: at rest');
  ask(1);
  expect(workers.map(({ asked }) => asked)).toEqual([1, 1, 1]);
});

it('computes by itself where the code of its worker does not come', async () => {
  const { workers, newest, ask } = supervised();
  ask(1);
  newest().fails('');
  const here = ask(1);
  await vi.waitFor(() => expect(here.is).toBe('answered'));
  expect(workers).toHaveLength(1);
});
