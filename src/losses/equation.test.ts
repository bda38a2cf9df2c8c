import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { combinationTex, jointTex, objectiveTex, termTex } from './equation.ts';
import { objectiveOf, weightedTerm } from './objective.ts';
import { PRESETS, presetNamed } from './presets.ts';
import { TERM_RECORDS, termOf } from './terms.ts';

const letter = (head: number, centre: number, metric: number) => objectiveOf({ head, centre, metric });

describe('the equation of an objective', () => {
  it.each([
    [letter(1, 0, 0), 'J = J_S'],
    [letter(1, 0.1, 0), String.raw`J = J_S + 0.1\,J_C`],
    [letter(0.1 + 0.2, 0, 2), String.raw`J = 0.3\,J_S + 2\,J_M`],
    [letter(0, 1e-7, 0), String.raw`J = 1\cdot 10^{-7}\,J_C`],
    [letter(0, 0, 0), 'J = 0'],
    [objectiveOf({ head: 1, centre: 0, metric: 0 }, { head: weightedTerm('arcface', 1) }), 'J = J_A'],
  ])('has its active terms with their weights: %#', (objective, tex) => {
    expect(objectiveTex(objective)).toBe(tex);
  });

  it('names all weights where none has a value', () => {
    expect(jointTex(letter(1, 0, 0))).toBe(String.raw`J = \lambda_0 J_S + \lambda_1 J_C + \lambda_2 J_M`);
  });

  it('of a combination defines what its last term adds', () => {
    expect(combinationTex(presetNamed('S+C').objective)).toBe(
      String.raw`J_S + \lambda_1 J_C,\quad ${termTex(termOf('center'))}`,
    );
    expect(combinationTex(presetNamed('M').objective)).toBe(termTex(termOf('margin')));
    expect(combinationTex(letter(0, 0, 0))).toBe('0');
  });

  it('can be set, of every record and every preset', () => {
    const equations = [
      ...TERM_RECORDS.map((record) => termTex(record)),
      ...PRESETS.flatMap(({ objective }) => [objectiveTex(objective), combinationTex(objective)]),
    ];
    for (const tex of equations) expect(() => katex.renderToString(tex, { output: 'mathml' })).not.toThrow();
  });
});
