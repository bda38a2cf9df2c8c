/** The right answers of loss-cases.json on WebAssembly, with the kernels that training uses. */

import '@tensorflow/tfjs-backend-wasm';
import { beforeAll, expect, it } from 'vitest';
import { evaluateCase, type LossCase } from '../../losses/evaluate-case.ts';
import { type Losses, loadLosses } from '../../losses/joint.ts';
import file from '../../losses/loss-cases.json';
import { openWasm } from './in-tests.ts';

type Answers = Readonly<Record<'value' | 'gradFeatures' | 'gradAgents' | 'gradCentres', unknown>>;
const cases = file.cases as unknown as readonly (LossCase & Answers & { readonly id: string })[];
const ARRAYS = ['value', 'gradFeatures', 'gradAgents', 'gradCentres'] as const;

let losses: Losses;
beforeAll(async () => {
  await openWasm();
  losses = await loadLosses();
});

const flat = (numbers: unknown): number[] => [numbers].flat(3) as number[];

it.each(cases)('$id: $loss $params', (given) => {
  const found = evaluateCase(given, losses);
  for (const name of ARRAYS) {
    if (given[name] === undefined) continue;
    const [answers, own] = [flat(given[name]), flat(found[name])];
    expect(own).toHaveLength(answers.length);
    const tolerance = 1e-4 * Math.max(0.01, ...answers.map(Math.abs));
    for (const [i, answer] of answers.entries())
      expect(Math.abs((own[i] as number) - answer), name).toBeLessThanOrEqual(tolerance);
  }
});
