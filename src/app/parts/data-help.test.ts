/** The page's words about data come from the set's record. */

import { expect, it } from 'vitest';
import { MADE_UP } from '../../data/made-up.ts';
import { MNIST } from '../../data/sets/mnist.ts';
import { dataHelp } from './data-help.ts';

it('are MNIST’s for MNIST', () => {
  const help = dataHelp(MNIST);
  expect(help.epoch).toBe('Passes over the 60,000 training images, with fraction.');
  expect(help.wholeAccuracy).toContain('all 10,000 test images');
  expect(help.samples).toMatch(/^The test images that the plots show: 200 of each digit, or all\./);
  expect(help.heldOut).toMatch(/^Digits that training never sees/);
});

it('say nothing of MNIST for another set', () => {
  const words = Object.values(dataHelp(MADE_UP)).join(' ');
  expect(words).toContain('10 of each bar');
  expect(words).not.toMatch(/digit|MNIST|60,000|10,000/i);
});
