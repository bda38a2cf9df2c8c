import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHashWriter } from './hash.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('writes changes at once, and of too many the newest as soon as it may', () => {
  const written: string[] = [];
  const write = createHashWriter((hash) => written.push(hash));
  for (let change = 0; change < 300; change++) {
    write(`#${change}`);
    vi.advanceTimersByTime(10);
  }
  expect(written[1]).toBe('#1');
  // No more than a hundred in half a minute, and never long behind.
  for (let change = 300; change < 3000; change++) {
    write(`#${change}`);
    vi.advanceTimersByTime(10);
    expect(change - Number(written.at(-1)?.slice(1))).toBeLessThan(60);
  }
  expect(written.length).toBeLessThanOrEqual(100);
  vi.advanceTimersByTime(1000);
  expect(written.at(-1)).toBe('#2999');
  write('#last');
  expect(written.at(-1)).toBe('#last');
});

it('tries again where the browser refuses', () => {
  const written: string[] = [];
  let refuses = true;
  const write = createHashWriter((hash) => {
    if (refuses) throw new DOMException('Too many calls.', 'SecurityError');
    written.push(hash);
  });
  write('#a');
  refuses = false;
  vi.advanceTimersByTime(1000);
  expect(written).toEqual(['#a']);
});
