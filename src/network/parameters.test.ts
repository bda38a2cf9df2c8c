import { describe, expect, it } from 'vitest';
import { parameterCountOf } from '../training/experiment.ts';

describe('the flat parameter vector', () => {
  it('has the length that sessions of MNIST have always had', () => {
    expect(parameterCountOf({ network: 'compact', data: 'mnist' })).toBe(53_902);
    expect(parameterCountOf({ network: 'lenets++', data: 'mnist' })).toBe(797_622);
  });
});
