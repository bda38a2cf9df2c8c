import { describe, expect, it } from 'vitest';
import { dots, grid, intervals } from './figures.ts';

const count = (svg: string, what: RegExp) => svg.match(what)?.length ?? 0;

describe('dots', () => {
  const series = [
    { name: 'a', values: [1, 3], reference: 2 },
    { name: 'b', values: [5, Number.NaN] },
  ];
  const svg = dots([{ label: 'x < y', series }], { title: 'T', axis: 'things', references: 'theirs' });

  it('has one dot a number, a bar a mean, and what is compared with', () => {
    expect(count(svg, /<circle/g)).toBe(3);
    // The second of its means is over a run that has no number, and is left out.
    expect(count(svg, /<rect [^>]*width="3"/g)).toBe(1);
    expect(count(svg, /class="reference"/g)).toBe(2);
  });

  it('places them in their order along the axis', () => {
    const [one = 0, three = 0, five = 0] = [...svg.matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) =>
      Number(x),
    );
    expect(three - one).toBeCloseTo(five - three, 0);
    expect(three).toBeGreaterThan(one);
  });

  it('is markup, whatever it is called', () => {
    expect(svg).toContain('x &lt; y');
    expect(svg).toContain('<title>T</title>');
  });

  it('of no runs has an axis all the same', () => {
    expect(dots([{ label: 'x', series: [] }], { title: 'T', axis: 'things' })).not.toMatch(/NaN|undefined/);
  });
});

it('intervals that are clear of zero lie on their side of it', () => {
  const claim = { label: 'c', mean: 0.2, low: 0.1, high: 0.3, verdict: 'holds' };
  const svg = intervals([claim, { ...claim, mean: -5, low: -5.01, high: -4.99, verdict: 'fails' }], 'T');
  const zero = Number(/x1="([\d.]+)"/.exec(svg)?.[1]);
  const [above = 0, below = 0] = [...svg.matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) => Number(x));
  expect(above).toBeGreaterThan(zero);
  expect(below).toBeLessThan(zero);
  const [bar = 0] = [...svg.matchAll(/<rect x="([\d.]+)"[^>]*height="3"/g)].map(([, x]) => Number(x));
  expect(bar).toBeGreaterThan(zero);
});

it('a grid says every number', () => {
  const svg = grid({ title: 'T', columns: ['a', 'b'], rows: ['c'], values: [[0.25, 0.975]] });
  for (const text of ['0.250', '0.975', '>a<', '>b<', '>c<']) expect(svg).toContain(text);
});
