/** What a press of a key means, whatever the keyboard's layout; pure, so that every layout can be tested. */

/** The fields of a `KeyboardEvent` that are read. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'keyCode'
>;

/** What browsers report for a key that an input method takes, `isComposing` or not. */
const TAKEN_BY_INPUT_METHOD = 229;

/** True for a key that goes to an input method: its Enter chooses a word and ends no entry. */
export function isComposing({ isComposing, keyCode }: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return isComposing || keyCode === TAKEN_BY_INPUT_METHOD;
}

/** True for a key pressed alone. With a modifier it is the browser's: Alt and ← go back a page. */
export function isPlain(press: KeyPress): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey } = press;
  return !(ctrlKey || metaKey || altKey || shiftKey || isComposing(press));
}

/**
 * The shortcut that a press means: a lower-case letter, a digit, '?', or a key's name ('Escape', ' ').
 * Letters and digits are what the layout types where that is ASCII (AZERTY, Dvorak), else what stands on the
 * key (Cyrillic, Arabic, the digits' row of AZERTY). Undefined for what is no shortcut.
 */
export function shortcutOf(press: KeyPress): string | undefined {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (ctrlKey || metaKey || altKey || isComposing(press)) return undefined;
  // Some layouts type these with Shift: it is no modifier then.
  if (key === '?' || /^[0-9]$/.test(key)) return key;
  if (shiftKey) return code === 'Slash' && !isAscii(key) ? '?' : undefined;
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

function isAscii(key: string): boolean {
  return key <= '\x7f';
}
