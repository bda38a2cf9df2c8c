import { expect, it } from 'vitest';
import { EASE_MS, HeldExtent, HOLD_MS } from './held-extent.ts';

const before = { x: 0, y: 0, radius: 100 };
const after = { x: 10, y: -10, radius: 1 };

it('shows what fits, but for two seconds after a switch what fitted before; then the axes follow', () => {
  const held = new HeldExtent();
  expect(held.at(after, 0)).toBe(after);
  held.hold(before, 1000);
  expect(held.at(after, 1000)).toEqual(before);
  expect(held.at(after, 1000 + HOLD_MS)).toEqual(before);
  expect(held.isHeld(1000 + HOLD_MS)).toBe(true);
  const radii = Array.from(
    { length: 11 },
    (_, i) => held.at(after, 1000 + HOLD_MS + (i * EASE_MS) / 10).radius,
  );
  expect(radii).toEqual(radii.toSorted((a, b) => b - a));
  expect(radii[5]).toBeCloseTo(10, 6);
  expect(held.at(after, 1000 + HOLD_MS + EASE_MS)).toBe(after);
  expect(held.isHeld(1000 + HOLD_MS + EASE_MS)).toBe(false);
});

it('a further switch holds what is shown then, and a release ends it', () => {
  const held = new HeldExtent();
  held.hold(before, 0);
  const half = held.at(after, HOLD_MS + EASE_MS / 2);
  held.hold(half, HOLD_MS + EASE_MS / 2);
  expect(held.at(after, HOLD_MS + EASE_MS)).toEqual(half);
  held.release();
  expect(held.at(after, HOLD_MS + EASE_MS)).toBe(after);
});

it('what runs out of what is held stays in sight', () => {
  const held = new HeldExtent();
  held.hold({ x: 0, y: 0, radius: 10 }, 0);
  expect(held.at({ x: 30, y: 0, radius: 5 }, 10)).toEqual({ x: 12.5, y: 0, radius: 22.5 });
  expect(held.at({ x: 2, y: 2, radius: 8 }, 10)).toEqual({ x: 0, y: 0, radius: 10 });
});
