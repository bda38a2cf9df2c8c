/** Values of the page's state for components that need not follow every frame. */

import { useEffect, useReducer, useRef } from 'react';
import { useCommands } from './context.ts';

/** Between two looks, in ms: faster than anyone reads. */
const CALM_MS = 150;

/**
 * What `read` says, at most every 150 ms, and at last what it says in the end. For what is costly to compute or to draw
 * while the timeline plays; `read` must depend on nothing but the page's state and on `inputs`.
 */
export function useCalm<T>(read: () => T, inputs: readonly unknown[] = []): T {
  const { store } = useCommands();
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const known = useRef<{ readonly inputs: readonly unknown[]; readonly value: T } | undefined>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = store.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        known.current = undefined;
        renderAgain();
      }, CALM_MS);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [store]);
  const isKnown = known.current?.inputs.every((input, i) => input === inputs[i]) ?? false;
  if (!isKnown || known.current === undefined) known.current = { inputs, value: read() };
  return known.current.value;
}
