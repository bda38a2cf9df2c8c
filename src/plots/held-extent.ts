/**
 * The part of the plane that a plot shows over time: what fits, but for a while after a switch what fitted before it. The
 * axes must not hide what a switch does to the features.
 */

import { easeCubicInOut } from 'd3';
import type { Extent } from './view.ts';

/** So long the axes stand still, and so long they take to follow, in ms. */
export const HOLD_MS = 2000;
export const EASE_MS = 1200;

export class HeldExtent {
  #held: Extent | undefined;
  #since = 0;

  /** Holds what is shown now; once more where it is held already, and goes on from there where it follows. */
  hold(shown: Extent, now: number): void {
    this.#held = shown;
    this.#since = now;
  }

  /** What fits is shown at once. */
  release(): void {
    this.#held = undefined;
  }

  /** True while the axes stand still or follow: they move without new points. */
  isHeld(now: number): boolean {
    return this.#held !== undefined && now - this.#since < HOLD_MS + EASE_MS;
  }

  /** When the axes begin to follow. */
  get followsAt(): number {
    return this.#since + HOLD_MS;
  }

  /** What is shown at a time, in ms, where `fitting` would fit. */
  at(fitting: Extent, now: number): Extent {
    if (this.#held === undefined || !this.isHeld(now)) return fitting;
    const t = Math.max(0, (now - this.followsAt) / EASE_MS);
    return between(enclosing(this.#held, fitting), fitting, easeCubicInOut(t));
  }
}

/** The first one, or where the other reaches out of it, the least square round both: what runs away stays in sight. */
export function enclosing(a: Extent, b: Extent): Extent {
  const isInside = Math.max(Math.abs(b.x - a.x), Math.abs(b.y - a.y)) + b.radius <= a.radius;
  if (isInside) return a;
  const side = (axis: 'x' | 'y') =>
    [
      Math.min(a[axis] - a.radius, b[axis] - b.radius),
      Math.max(a[axis] + a.radius, b[axis] + b.radius),
    ] as const;
  const [[left, right], [bottom, top]] = [side('x'), side('y')];
  return { x: (left + right) / 2, y: (bottom + top) / 2, radius: Math.max(right - left, top - bottom) / 2 };
}

/** Radii by their ratio: from 100 to 1 all steps look alike. */
export function between(a: Extent, b: Extent, t: number): Extent {
  return {
    x: a.x + (b.x - a.x) * t,
    y: a.y + (b.y - a.y) * t,
    radius: a.radius * (b.radius / a.radius) ** t,
  };
}
