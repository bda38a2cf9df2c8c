import { describe, expect, it } from 'vitest';
import { parseHash } from '../state/url.ts';
import { EXPERIMENTS, linkOf } from './experiments.ts';

describe.each(EXPERIMENTS)('$title', (worth) => {
  it('is a link that opens that very experiment', () => {
    const { experiment, problems } = parseHash(linkOf(worth));
    expect(problems).toEqual([]);
    expect(experiment).toEqual(worth.experiment);
  });

  it('asks a question and says what to look for', () => {
    expect(worth.question).toMatch(/\?$/);
    expect(worth.lookFor).toMatch(/\.$/);
  });
});

it('titles are told apart', () => {
  expect(new Set(EXPERIMENTS.map(({ title }) => title)).size).toBe(EXPERIMENTS.length);
});
