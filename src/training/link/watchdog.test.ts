import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Watchdog } from './watchdog.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A watchdog over a worker that answers while `answers()` says so; how often it barked. */
function watching(answers: () => boolean) {
  let barks = 0;
  const dog = new Watchdog(() => {
    barks++;
    dog.rest();
  });
  dog.watch('compact', () => {
    if (answers()) dog.heard();
  });
  return { dog, barks: () => barks };
}

it('lets a worker live that answers', () => {
  const { dog, barks } = watching(() => true);
  dog.heard({ backend: 'wasm' });
  vi.advanceTimersByTime(600_000);
  expect(barks()).toBe(0);
  dog.rest();
});

it('notices silence within seconds of training, and has more patience at the start', () => {
  const { dog, barks } = watching(() => false);
  vi.advanceTimersByTime(30_000);
  expect(barks()).toBe(0);
  dog.heard({ backend: 'wasm' });
  vi.advanceTimersByTime(7000);
  expect(barks()).toBe(1);
});

it('waits for a worker that was slow before', () => {
  const { dog, barks } = watching(() => false);
  dog.heard({ backend: 'wasm' });
  vi.advanceTimersByTime(5000);
  dog.heard();
  vi.advanceTimersByTime(12_000);
  expect(barks()).toBe(0);
  vi.advanceTimersByTime(8000);
  expect(barks()).toBe(1);
});

it('does not blame the worker for a page that was asleep', () => {
  const { dog, barks } = watching(() => false);
  dog.heard({ backend: 'wasm' });
  vi.advanceTimersByTime(4000);
  // The machine sleeps: the clock jumps, timers do not fire.
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.spyOn(performance, 'now').mockImplementation(() => 3_600_000 + Date.now());
  vi.advanceTimersByTime(500);
  expect(barks()).toBe(0);
  dog.rest();
  vi.restoreAllMocks();
});

it('has the patience that the network needs, which may change', () => {
  const { dog, barks } = watching(() => false);
  dog.heard({ backend: 'wasm' });
  dog.network = 'lenets++';
  vi.advanceTimersByTime(50_000);
  expect(barks()).toBe(0);
  dog.heard({ network: 'lenets++' });
  // It may be in the midst of a long step yet.
  dog.network = 'compact';
  vi.advanceTimersByTime(50_000);
  expect(barks()).toBe(0);
  dog.heard({ network: 'compact' });
  vi.advanceTimersByTime(7000);
  expect(barks()).toBe(1);
});
