/** What a press of a key means on keyboards of the world. Events are stand-ins with the fields that browsers send. */

import { describe, expect, it } from 'vitest';
import { isComposing, isPlain, type KeyPress, shortcutOf } from './keys.ts';

const press = (key: string, code: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  keyCode: 0,
  ...rest,
});
const shift = { shiftKey: true };

describe('a shortcut', () => {
  it('is what the layout types where that is a letter or a digit of ASCII', () => {
    expect(shortcutOf(press('s', 'KeyS'))).toBe('s');
    // Caps Lock.
    expect(shortcutOf(press('S', 'KeyS'))).toBe('s');
    // Dvorak and AZERTY.
    expect(shortcutOf(press('s', 'Semicolon'))).toBe('s');
    expect(shortcutOf(press('q', 'KeyA'))).toBe('q');
    expect(shortcutOf(press('7', 'Numpad7'))).toBe('7');
  });

  it('is what stands on the key where the layout types something else', () => {
    const typed = [
      ['ы', 'KeyS', 's'],
      ['س', 'KeyS', 's'],
      ['ד', 'KeyS', 's'],
      ['з', 'KeyP', 'p'],
      // The digits of AZERTY without Shift, of Czech, of Arabic.
      ['&', 'Digit1', '1'],
      ['à', 'Digit0', '0'],
      ['š', 'Digit3', '3'],
      ['٣', 'Digit3', '3'],
      ['٣', 'Numpad3', '3'],
    ] as const;
    for (const [key, code, meant] of typed) expect(shortcutOf(press(key, code))).toBe(meant);
  });

  it('of a digit or a question mark may need Shift to be typed', () => {
    expect(shortcutOf(press('1', 'Digit1', shift))).toBe('1');
    expect(shortcutOf(press('?', 'Slash', shift))).toBe('?');
    expect(shortcutOf(press('?', 'Comma', shift))).toBe('?');
    expect(shortcutOf(press('؟', 'Slash', shift))).toBe('?');
    expect(shortcutOf(press(',', 'Slash', shift))).toBeUndefined();
  });

  it('is none with a modifier', () => {
    for (const key of ['ctrlKey', 'metaKey', 'altKey', 'shiftKey'] as const) {
      for (const [typed, code] of [
        [' ', 'Space'],
        ['S', 'KeyS'],
        ['ы', 'KeyS'],
        ['!', 'Digit1'],
        ['ArrowLeft', 'ArrowLeft'],
        ['Home', 'Home'],
      ] as const) {
        expect(shortcutOf(press(typed, code, { [key]: true }))).toBeUndefined();
      }
    }
  });

  it('is none while an input method composes', () => {
    expect(shortcutOf(press('Process', 'KeyS', { keyCode: 229 }))).toBeUndefined();
    expect(shortcutOf(press('s', 'KeyS', { isComposing: true }))).toBeUndefined();
  });

  it('of a named key is its name', () => {
    for (const name of [' ', 'Escape', 'ArrowLeft', 'Home']) expect(shortcutOf(press(name, ''))).toBe(name);
  });
});

it('knows an input method by either sign, and a key alone', () => {
  expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false);
  expect(isPlain(press('ArrowLeft', 'ArrowLeft'))).toBe(true);
  expect(isPlain(press('ArrowLeft', 'ArrowLeft', { altKey: true }))).toBe(false);
});
