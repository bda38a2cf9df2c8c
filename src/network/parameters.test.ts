import { describe, expect, it } from 'vitest';
import { PARAMETER_COUNTS } from '../training/experiment.ts';
import { compact } from './compact.ts';
import { lenets } from './lenets.ts';
import { parameterCount } from './parameters.ts';

describe('the flat parameter vector', () => {
  it('has the length that opened sessions are checked against', () => {
    const counts = { compact: parameterCount(compact()), 'lenets++': parameterCount(lenets()) };
    expect(counts).toEqual(PARAMETER_COUNTS);
  });
});
