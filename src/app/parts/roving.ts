/** One stop for the Tab key in a group; arrows, Home and End move inside it. */

import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { isPlain } from './keys.ts';

/** Whatever has help and is no control. */
const STOPS = '[data-help]';

export interface Roving<T> {
  readonly ref: RefObject<T | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
}

/** Props of a group of names and numbers with help. */
export function useRoving<T extends HTMLElement>(): Roving<T> {
  const ref = useRef<T>(null);
  // After every render: what is in the group may have changed.
  useEffect(() => {
    const stops = stopsIn(ref.current);
    stopAt(stops, stops.find(({ tabIndex }) => tabIndex === 0) ?? stops[0]);
  });
  return {
    ref,
    onFocus({ target }) {
      if (target instanceof HTMLElement && target.matches(STOPS)) stopAt(stopsIn(ref.current), target);
    },
    onKeyDown(event) {
      const stops = stopsIn(ref.current);
      const at = event.target instanceof HTMLElement ? stops.indexOf(event.target) : -1;
      const next = nextOf(event.key, at, stops.length);
      if (at < 0 || next === undefined || !isPlain(event.nativeEvent)) return;
      event.preventDefault();
      stops[next]?.focus();
    },
  };
}

function stopsIn(group: HTMLElement | null): HTMLElement[] {
  return [...(group?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
}

function stopAt(stops: readonly HTMLElement[], current: HTMLElement | undefined): void {
  for (const stop of stops) stop.tabIndex = stop === current ? 0 : -1;
}

function nextOf(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
