/** Taps and clicks anywhere on the page. */

import { TAP_REACH } from '../../plots/gestures.ts';

/**
 * Calls back with what was tapped or clicked: a press that neither scrolls nor drags. `click` would not do:
 * iOS sends none where nothing listens.
 *
 * @returns the function that ends it
 */
export function onPageTap(listener: (target: Element) => void): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let start: PointerEvent | undefined;
  document.addEventListener('pointerdown', (event) => (start = event), { signal, capture: true });
  document.addEventListener('pointercancel', () => (start = undefined), { signal, capture: true });
  document.addEventListener(
    'pointerup',
    ({ pointerId, clientX, clientY, target }) => {
      if (start?.pointerId !== pointerId || !(target instanceof Element)) return;
      if (Math.hypot(clientX - start.clientX, clientY - start.clientY) <= TAP_REACH) listener(target);
    },
    { signal, capture: true },
  );
  return () => listening.abort();
}
