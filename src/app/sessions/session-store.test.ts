/** Which of the kept sessions go where there are too many; e2e/faults/closed-tab.test.ts has the rest, in a browser. */

import { describe, expect, it } from 'vitest';
import type { StoredSession } from '../state/store.ts';
import { leastWorth } from './session-store.ts';

const kept = (id: string, step: number, savedAt = 0): StoredSession => ({
  id,
  step,
  titles: ['Run'],
  savedAt,
});
const free = () => false;

describe('of too many sessions', () => {
  const eight = Array.from({ length: 8 }, (_, i) => kept(`long ${i}`, 1000 + i, i));

  it('those of the fewest steps go, however new they are', () => {
    expect(leastWorth(eight, free)).toEqual([]);
    expect(leastWorth([...eight, kept('short', 3, 99), kept('new', 2000, 100)], free)).toEqual([
      'long 0',
      'short',
    ]);
  });

  it('of equals the oldest goes', () => {
    const equals = Array.from({ length: 9 }, (_, i) => kept(String(i), 5, 10 - i));
    expect(leastWorth(equals, free)).toEqual(['8']);
  });

  it('those of open pages stay', () => {
    const isHeld = (id: string) => id === 'short';
    expect(leastWorth([...eight, kept('short', 3)], isHeld)).toEqual(['long 0']);
  });

  it('what can’t be read goes', () => {
    const foreign = { id: 'foreign', step: '<b>' } as unknown as StoredSession;
    expect(leastWorth([foreign, kept('a', 1)], free)).toEqual(['foreign']);
  });
});
