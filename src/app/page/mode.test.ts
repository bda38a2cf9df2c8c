import { expect, it } from 'vitest';
import { modeOf } from './mode.ts';

it.each([
  ['', 'lab'],
  ['?present', 'present'],
  ['?embed=1', 'embed'],
  ['?utm=x&embed', 'embed'],
  ['?embedded', 'lab'],
  ['?present&embed', 'present'],
])('%j shows the page as %s', (search, mode) => {
  expect(modeOf(search)).toBe(mode);
});
