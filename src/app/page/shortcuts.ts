/** Keys that act anywhere on the page, except where the focused element or the page itself needs them. */

import { shortcutOf } from '../parts/keys.ts';
import { actionOfKey } from '../state/actions.ts';
import type { Commands } from '../state/commands.ts';

/** Listens to the page's keys; returns the function that ends it. */
export function attachShortcuts(commands: Commands): () => void {
  return onShortcut((key, event) => {
    const action = actionOfKey(key, commands.store.getState());
    if (action === undefined) return;
    event.preventDefault();
    // A key that is held acts once, but for those that walk.
    if (event.repeat && !action.repeats) return;
    action.perform(commands);
  });
}

/** Calls back with every shortcut (see `shortcutOf`) that nothing else needs; returns the function that ends it. */
export function onShortcut(listener: (key: string, event: KeyboardEvent) => void): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const key = shortcutOf(event);
    if (key === undefined || event.defaultPrevented) return;
    if (event.target instanceof Element && needs(event.target, key)) return;
    listener(key, event);
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

const TYPING = 'input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable]';
const ARROWS = '[type=range], [type=radio], [role=menu], [role=img]';
const PRESSED = 'button, summary, a, [type=radio], [type=checkbox], [role^=menuitem]';

/** True where a key has a meaning of its own on the element, or scrolls. */
function needs(element: Element, key: string): boolean {
  if (key === 'Escape') return element.closest('[role=menu]') !== null;
  if (element.closest(TYPING) !== null) return true;
  if (element.closest('[role=menu]') !== null) return true;
  if (key === ' ') return element.matches(PRESSED);
  const isArrow = key.startsWith('Arrow');
  if (!isArrow && key !== 'Home') return false;
  return element.closest(ARROWS) !== null || (isArrow ? scrollsSideways(element) : window.scrollY > 0);
}

/** True where arrows scroll the element, what it is in, or the page. */
function scrollsSideways(element: Element): boolean {
  for (let each: Element | null = element; each !== null; each = each.parentElement) {
    const isScroller =
      each === document.scrollingElement || /auto|scroll/.test(getComputedStyle(each).overflowX);
    if (isScroller && each.scrollWidth > each.clientWidth) return true;
  }
  return false;
}
