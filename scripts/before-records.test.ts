/**
 * A session file and a link from before losses, measures and data sets were records (e2e/before-records) go on as
 * they did then: same step, same losses, same weights, to the bit, on WebAssembly with plain SIMD.
 */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import expected from '../e2e/before-records/expected.json';
import inHalves from '../e2e/before-records/in-halves.json';
import { decodeSession } from '../src/app/sessions/session-file.ts';
import { parseHash } from '../src/app/state/url.ts';
import { Lab } from '../src/training/lab/lab.ts';
import { loadDataSet, openNodeBackend } from './node-lab.ts';

const cut = vi.hoisted(() => ({ isWhole: false }));

vi.mock('../src/training/lab/parts.ts', async (original) => {
  const parts = await original<typeof import('../src/training/lab/parts.ts')>();
  const partsOf: typeof parts.partsOf = (batchSize, ...rest) =>
    cut.isWhole ? [{ start: 0, count: batchSize }] : parts.partsOf(batchSize, ...rest);
  return { ...parts, partsOf };
});

type Terms = NonNullable<Awaited<ReturnType<Lab['lossTerms']>>[number]>;
type Checkpoint = NonNullable<Awaited<ReturnType<Lab['checkpoint']>>>;
type Objective = Checkpoint['experiment']['runs'][number]['objective'];

// What today's shapes are in the words of the file: where a shape changes, only these follow.

/** The terms by the names of their slots, and what is minimised. */
const lossesOf = ({ softmax, center, margin, total }: Terms) => ({ softmax, center, margin, total });

/** Weights and margins as the five numbers of a link: λ₀, λ₁, λ₂, α₊, α₋. */
const numbersOf = ({ head, centre, metric }: Objective) => [
  head.weight,
  centre.weight,
  metric.weight,
  metric.knobs.alphaPlus,
  metric.knobs.alphaMinus,
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

const schedulesOf = ({ runs }: Checkpoint) =>
  runs.map(({ schedule }) =>
    schedule.map(({ step, objective }) => ({ step, objective: numbersOf(objective) })),
  );

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
    while (lab.step < start + Number(count)) await lab.trainStep();
    const terms = await lab.lossTerms();
    losses[count] = terms.map((own) => own && lossesOf(own));
  }
  return losses;
}

const read = async () =>
  decodeSession(await readFile('e2e/before-records/session.mll'), 'The session from before');

let training: Parameters<typeof Lab.create>[1];

beforeAll(async () => {
  expect(await openNodeBackend()).toBe('wasm');
  training = (await loadDataSet('mnist')).train;
});

it('a session file from before the records opens as it was', async () => {
  const { checkpoint, frames, curves } = await read();
  const { step, experiment, learningRates, schedules } = expected.session;
  expect(checkpoint.step).toBe(step);
  expect(experimentOf(checkpoint.experiment)).toEqual(experiment);
  expect(checkpoint.learningRates).toEqual(learningRates);
  expect(schedulesOf(checkpoint)).toEqual(schedules);
  expect(frames.map((frame) => frame.step)).toEqual(Array.from({ length: step + 1 }, (_, at) => at));
  expect(curves).toHaveLength(experiment.runs.length);
});

/** Batches as the lab cuts them since it shares them among cores, and whole as they were before. */
const CUTS = [
  { title: 'in halves', isWhole: false, bits: inHalves },
  { title: 'whole', isWhole: true, bits: expected },
] as const;

describe.each(CUTS)('with batches $title', ({ isWhole, bits }) => {
  beforeAll(() => {
    cut.isWhole = isWhole;
  });

  it('a session file from before the records goes on to the bit', async () => {
    const { checkpoint } = await read();
    const lab = await Lab.restore(training, checkpoint);
    const { losses, digests } = bits.session;
    expect(await lossesAfter(lab, Object.keys(losses))).toEqual(losses);
    expect(await digestsOf(lab)).toEqual(digests);
    lab.dispose();
  });

  it('a link from before the records trains as it did, to the bit', async () => {
    const { experiment, problems } = parseHash(expected.link);
    expect(problems).toEqual([]);
    expect(experimentOf(experiment)).toEqual(expected.fresh.experiment);
    const lab = await Lab.create(experiment, training);
    const { losses, digests } = bits.fresh;
    expect(await lossesAfter(lab, Object.keys(losses))).toEqual(losses);
    expect(await digestsOf(lab)).toEqual(digests);
    lab.dispose();
  });
});

it('cut batches lose what whole ones do, but for rounding', () => {
  const totals = ({ session, fresh }: Pick<typeof inHalves, 'session' | 'fresh'>) =>
    [session.losses[1], session.losses[2], fresh.losses[1], fresh.losses[5]].flatMap((runs) =>
      runs.map(({ total }) => total),
    );
  const whole = totals(expected);
  expect(whole.length).toBeGreaterThan(10);
  for (const [i, total] of totals(inHalves).entries()) {
    expect(Math.abs(total - (whole[i] ?? Number.NaN)) / (whole[i] ?? 1)).toBeLessThan(2e-4);
  }
});
