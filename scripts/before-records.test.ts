/**
 * A link from before losses, measures and data sets were records (e2e/before-records) trains as it did then: same
 * losses, same weights, to the bit, on WebAssembly with plain SIMD.
 */

import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import expected from '../e2e/before-records/expected.json';
import { parseHash } from '../src/app/url.ts';
import { Lab } from '../src/training/lab.ts';
import { loadDataSet, openNodeBackend } from './node-lab.ts';

type Terms = NonNullable<Awaited<ReturnType<Lab['lossTerms']>>[number]>;
type Checkpoint = NonNullable<Awaited<ReturnType<Lab['checkpoint']>>>;
type Objective = Checkpoint['experiment']['runs'][number]['objective'];

// What today's shapes are in the words of the file: where a shape changes, only these follow.

/** The terms by the names of their slots, and what is minimised. */
const lossesOf = ({ softmax, center, margin, total }: Terms) => ({ softmax, center, margin, total });

/** Weights and margins as the five numbers of a link: λ₀, λ₁, λ₂, α₊, α₋. */
const numbersOf = ({ lambda0, lambda1, lambda2, alphaPlus, alphaMinus }: Objective) => [
  lambda0,
  lambda1,
  lambda2,
  alphaPlus,
  alphaMinus,
];

/** Everything a run has learnt, by name. */
const arraysOf = ({ parameters, firstMoments, secondMoments, centres }: Checkpoint['runs'][number]) => ({
  parameters,
  firstMoments,
  secondMoments,
  centres,
});

const experimentOf = ({ network, backend, seed, warmUpSteps, heldOut, runs }: Checkpoint['experiment']) => ({
  network,
  backend,
  seed,
  warmUpSteps,
  heldOut,
  runs: runs.map(({ title, objective }) => ({ title, objective: numbersOf(objective) })),
});

// From here on nothing depends on a shape.

const sha256 = (array: Float32Array) =>
  createHash('sha256')
    .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    .digest('hex');

async function digestsOf(lab: Lab) {
  const checkpoint = await lab.checkpoint();
  return checkpoint?.runs.map((run) =>
    Object.fromEntries(Object.entries(arraysOf(run)).map(([name, array]) => [name, sha256(array)])),
  );
}

/** Trains; the losses of all runs after each of these numbers of further steps. */
async function lossesAfter(lab: Lab, counts: readonly string[]) {
  const start = lab.step;
  const losses: Record<string, unknown> = {};
  for (const count of counts) {
    while (lab.step < start + Number(count)) lab.trainStep();
    const terms = await lab.lossTerms();
    losses[count] = terms.map((own) => own && lossesOf(own));
  }
  return losses;
}

let training: Parameters<typeof Lab.create>[1];

beforeAll(async () => {
  expect(await openNodeBackend()).toBe('wasm');
  training = (await loadDataSet('mnist')).train;
});

it('a link from before the records trains as it did, to the bit', async () => {
  const { experiment, problems } = parseHash(expected.link);
  expect(problems).toEqual([]);
  expect(experimentOf(experiment)).toEqual(expected.fresh.experiment);
  const lab = await Lab.create(experiment, training);
  const { losses, digests } = expected.fresh;
  expect(await lossesAfter(lab, Object.keys(losses))).toEqual(losses);
  expect(await digestsOf(lab)).toEqual(digests);
  lab.dispose();
});
