/** Keys that act anywhere on the page, except where the focused element needs them itself. */

import { actionOfKey } from '../state/actions.ts';
import type { Commands } from '../state/commands.ts';

/** Listens to the page's keys; returns the function that ends it. */
export function attachShortcuts(commands: Commands): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && needs(event.target, event.key)) return;
    const action = actionOfKey(event.key, commands.store.getState());
    if (action === undefined) return;
    event.preventDefault();
    action.perform(commands);
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

const TYPING = 'input:not([type=range], [type=radio], [type=checkbox]), textarea, select, [contenteditable]';
const ARROWS = '[type=range], [type=radio], [role=menu], [role=img]';
const PRESSED = 'button, summary, a, [type=radio], [type=checkbox], [role^=menuitem]';

/** True where a key has a meaning of its own on the element. */
function needs(element: Element, key: string): boolean {
  if (element.closest(TYPING) !== null) return true;
  if (element.closest('[role=menu]') !== null) return true;
  if (key === ' ') return element.matches(PRESSED);
  return (key.startsWith('Arrow') || key === 'Home') && element.closest(ARROWS) !== null;
}
