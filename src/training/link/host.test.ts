/** The worker's inside on real MNIST: what becomes of runs that diverge, while others come and go. */

import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ImageSet } from '../../data/image-set.ts';
import { parseManifest } from '../../data/manifest.ts';
import { MNIST } from '../../data/sets/mnist.ts';
import type { Objective } from '../../losses/objective.ts';
import { presetNamed } from '../../losses/presets.ts';
import { LAST_STEP } from '../../losses/schedule.ts';
import { openBackend } from '../backend/backend.ts';
import { Lab } from '../lab/lab.ts';
import { LabClient } from './client.ts';
import { Host } from './host.ts';
import { parseMessage } from './messages.ts';
import type {
  Checkpoint,
  CheckpointEvent,
  Command,
  Experiment,
  LabState,
  Message,
  Told,
} from './protocol.ts';

const WASM = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm';
const binaries = {
  simd: `${WASM}-simd.wasm`,
  kernels: [() => readFile('src/training/kernels/simd.wasm')],
};

/** Each is read and inflated for the first test that asks for it. */
const files = new Map<string, Uint8Array>();

/** The first shards of both sets are enough for these few steps. */
function mnist(): ImageSet {
  return new ImageSet(MNIST, {
    manifest: async () =>
      parseManifest(JSON.parse(await readFile('public/data/manifest.json', 'utf8')), MNIST),
    file: async ({ name }) => {
      const bytes = files.get(name) ?? gunzipSync(await readFile(`public/data/${name}`));
      files.set(name, bytes);
      return bytes;
    },
  });
}

function started(experiment: Experiment, resume?: Checkpoint, fetchNow = true) {
  const events: Told[] = [];
  const host = new Host({
    post: (event) => events.push(structuredClone(event)),
    openBackend: () => openBackend({ wanted: 'wasm', network: 'compact', set: MNIST }, binaries, () => {}),
    openData: mnist,
  });
  let id = 0;
  /** Returns the number of the command. */
  const send = (command: Command) => {
    host.receive(parseMessage({ id: ++id, command }));
    return id;
  };
  host.run().catch((error: unknown) => events.push({ type: 'failed', sentence: String(error) }));
  send({ type: 'open', experiment, dataUrl: 'http://localhost/data/', fetchNow, resume });
  onTestFinished(() => {
    send({ type: 'pause' });
  });
  const state = () => events.findLast((event): event is LabState => event.type === 'state');
  /** The newest state that was handed over. */
  const kept = () =>
    events.findLast((event) => event.type === 'checkpoint' && event.checkpoint !== undefined) as {
      readonly checkpoint: Checkpoint;
    };
  const until = (isSo: () => boolean | undefined) =>
    vi.waitFor(
      () => {
        const failed = events.find(({ type }) => type === 'failed');
        if (failed !== undefined) throw new Error(JSON.stringify(failed));
        expect(isSo()).toBe(true);
      },
      { timeout: 50_000, interval: 20 },
    );
  const isReady = () => until(() => state()?.sentence === 'Ready.');
  const trainBeyond = async (step: number) => {
    send({ type: 'train' });
    await until(() => (kept()?.checkpoint.step ?? 0) > step);
    send({ type: 'pause' });
    await isReady();
  };
  const answer = () =>
    events.findLast(
      (event): event is CheckpointEvent & Told => event.type === 'checkpoint' && event.wasAsked,
    );
  return { send, state, answer, kept: () => kept().checkpoint, until, isReady, trainBeyond };
}

const run = (title: string, objective: Objective) => ({ title, objective });
const softmax = presetNamed('S').objective;
const center = presetNamed('S+C').objective;

function experimentOf(...runs: Experiment['runs']): Experiment {
  const plain = { data: 'mnist', network: 'compact', backend: 'auto', seed: 3, learningRate: 1e-3 } as const;
  return { ...plain, warmUpSteps: 0, heldOut: [], runs };
}

/** Two runs at step 0, the weights of the first so many times as large as they should be. */
async function blownUp(factor: number) {
  const first = started(experimentOf(run('Wild', softmax), run('Tame', center)));
  await first.isReady();
  const { runs, ...rest } = first.kept();
  const [wild, tame] = runs;
  if (wild === undefined || tame === undefined) throw new Error('There are two runs.');
  const parameters = wild.parameters.map((value) => value * factor);
  const lab = started(rest.experiment, { ...rest, runs: [{ ...wild, parameters }, tame] });
  await lab.isReady();
  return lab;
}

/** Two runs, of which the first has just diverged: its weights were far out of any scale. */
async function diverged() {
  const lab = await blownUp(1e15);
  lab.send({ type: 'train' });
  await lab.until(() => lab.state()?.halted[0] !== undefined);
  return lab;
}

it('goes back with all runs, at the rate that is asked for', async () => {
  const lab = await diverged();
  await lab.until(() => lab.kept().step > 20);
  expect(lab.state()?.halted[1]).toBeUndefined();
  expect(lab.kept()).toMatchObject({ runs: [{ halted: { step: 0 } }, {}], lastGood: { step: 0 } });
  lab.send({ type: 'pause' });
  lab.send({ type: 'goBack', learningRate: 5e-4 });
  await lab.until(() => lab.state()?.step === 0 && lab.state()?.wayBack === undefined);
  expect(lab.state()?.halted).toEqual([undefined, undefined]);
  expect(lab.state()?.learningRates).toEqual([{ step: 0, learningRate: 5e-4 }]);
});

it('keeps the way back through another worker, and through everything that was changed meanwhile', async () => {
  const before = await diverged();
  await before.until(() => before.kept().step > 0);
  before.send({ type: 'pause' });
  await before.isReady();
  const lab = started(before.kept().experiment, before.kept());
  await lab.isReady();
  expect(lab.state()).toMatchObject({ step: before.kept().step, wayBack: 0 });
  lab.send({ type: 'setObjective', run: 0, objective: center });
  lab.send({ type: 'setLearningRate', learningRate: 2e-3 });
  lab.send({ type: 'setWarmUp', warmUpSteps: 70 });
  lab.send({ type: 'addRun', run: run('Late', softmax) });
  lab.send({ type: 'removeRun', run: 1 });
  lab.send({ type: 'goBack' });
  await lab.until(() => lab.state()?.step === 0 && lab.state()?.schedules.length === 2);
  await lab.isReady();
  expect(lab.state()?.halted).toEqual([undefined, undefined]);
  expect(lab.state()?.schedules.map((schedule) => schedule.at(-1)?.objective)).toEqual([center, softmax]);
  await lab.until(() => lab.kept().step === 0 && lab.kept().lastGood === undefined);
  const { runs, learningRate, warmUpSteps } = lab.kept().experiment;
  expect(runs.map(({ title }) => title)).toEqual(['Wild', 'Late']);
  expect({ learningRate, warmUpSteps }).toEqual({ learningRate: 2e-3, warmUpSteps: 70 });
});

it('trains on when the run that diverged is removed', async () => {
  const lab = await diverged();
  lab.send({ type: 'removeRun', run: 0 });
  await lab.until(() => lab.state()?.halted.length === 1);
  await lab.trainBeyond((lab.state()?.step ?? 0) + 5);
  expect(lab.kept().experiment.runs.map(({ title }) => title)).toEqual(['Tame']);
  expect(lab.kept().lastGood).toBeUndefined();
});

it('halts a run that diverges while it catches up at its start, with no way back to the same again', async () => {
  const lab = started(experimentOf(run('First', softmax)));
  await lab.isReady();
  await lab.trainBeyond(30);
  // Which weights would diverge depends on the data; the events about them do not.
  const faults = vi.spyOn(Lab.prototype, 'faults').mockImplementation(async function (this: Lab) {
    return this.catchingUpAt === undefined ? [] : [undefined, 'its loss is no longer a number'];
  });
  onTestFinished(() => faults.mockRestore());
  lab.send({ type: 'addRun', run: run('Late', center) });
  await lab.until(() => lab.state()?.halted[1] !== undefined);
  faults.mockRestore();
  expect(lab.state()?.halted).toEqual([undefined, { step: 0, reason: 'its loss is no longer a number' }]);
  expect(lab.state()?.wayBack).toBeUndefined();
  const step = lab.state()?.step ?? 0;
  lab.send({ type: 'goBack' });
  await lab.trainBeyond(step + 5);
  expect(lab.state()?.halted[0]).toBeUndefined();
  const [first, late] = lab.kept().runs;
  expect(late?.centres).not.toEqual(first?.centres);
  expect(late?.halted?.step).toBe(0);
});

it('answers for a state with the removal of the run for which the answer waited', async () => {
  const lab = started(experimentOf(run('First', softmax)));
  await lab.isReady();
  await lab.trainBeyond(30);
  lab.send({ type: 'addRun', run: run('Late', center) });
  lab.send({ type: 'checkpoint' });
  const removal = lab.send({ type: 'removeRun', run: 1 });
  await lab.until(() => lab.answer() !== undefined);
  expect(lab.answer()?.acknowledged).toBe(removal);
  expect(lab.answer()?.checkpoint?.runs).toHaveLength(1);
});

it('does not seem to train where all runs wait', async () => {
  const lab = await diverged();
  lab.send({ type: 'removeRun', run: 1 });
  lab.send({ type: 'train' });
  await lab.until(() => lab.state()?.activity === 'paused');
  const next = started(lab.kept().experiment, lab.kept());
  next.send({ type: 'train' });
  await next.until(() => next.state()?.activity === 'paused');
  expect(next.state()?.halted[0]).toBeDefined();
});

it('takes as many steps as were asked for, however fast', async () => {
  const lab = started(experimentOf(run('Only', softmax)));
  await lab.isReady();
  for (let step = 0; step < 3; step++) lab.send({ type: 'step' });
  await lab.until(() => lab.kept().step === 3);
});

it('answers for a state with the way back, where that ends what the answer waited for', async () => {
  const lab = await diverged();
  lab.send({ type: 'pause' });
  lab.send({ type: 'addRun', run: run('Late', center) });
  lab.send({ type: 'checkpoint' });
  const back = lab.send({ type: 'goBack' });
  await lab.until(() => lab.answer() !== undefined);
  expect(lab.answer()).toMatchObject({ acknowledged: back, checkpoint: { step: 0 } });
});

it('takes the rate of a second way back, which comes too late to be one', async () => {
  const lab = await diverged();
  lab.send({ type: 'pause' });
  lab.send({ type: 'goBack', learningRate: 5e-4 });
  lab.send({ type: 'goBack', learningRate: 2.5e-4 });
  await lab.until(() => lab.kept().experiment.learningRate === 2.5e-4);
  expect(lab.state()?.learningRates).toEqual([{ step: 0, learningRate: 2.5e-4 }]);
});

it('halts a run whose moments overflow, though its loss does not show it', async () => {
  // Loss and features are large and finite; the squares of the gradients are not.
  const lab = await blownUp(1e4);
  await lab.trainBeyond(5);
  expect(lab.state()?.halted).toEqual([{ step: 0, reason: 'its gradients left every scale' }, undefined]);
});

it('answers with what it was given while the images are not here', async () => {
  const first = started(experimentOf(run('Only', softmax)));
  await first.isReady();
  await first.trainBeyond(5);
  const resume = first.kept();
  const lab = started(resume.experiment, resume, false);
  lab.send({ type: 'checkpoint' });
  await lab.until(() => lab.answer() !== undefined);
  expect(lab.answer()?.checkpoint).toEqual(resume);
});

it('answers, while the images are not here, for a state with all that was changed', async () => {
  const before = started(experimentOf(run('A', softmax), run('B', center)));
  await before.isReady();
  const lab = started(before.kept().experiment, before.kept(), false);
  lab.send({ type: 'removeRun', run: 1 });
  lab.send({ type: 'setLearningRate', learningRate: 2e-3 });
  const acknowledged = lab.send({ type: 'checkpoint' });
  await lab.until(() => lab.answer() !== undefined);
  const learningRates = [{ step: 0, learningRate: 2e-3 }];
  expect(lab.answer()).toMatchObject({ acknowledged, checkpoint: { learningRates, runs: [{}] } });
});

it('takes one checkpoint for many changes, and none of them is lost with the worker', async () => {
  const workers: EventTarget[] = [];
  const taken: Checkpoint[] = [];
  const client = new LabClient(() => {
    const worker = new EventTarget();
    workers.push(worker);
    const host = new Host({
      post: (event) => worker.dispatchEvent(new MessageEvent('message', { data: structuredClone(event) })),
      openBackend: () => openBackend({ wanted: 'wasm', network: 'compact', set: MNIST }, binaries, () => {}),
      openData: mnist,
    });
    host.run();
    const outside = { postMessage: (message: Message) => host.receive(message), terminate: () => {} };
    return Object.assign(worker, outside) as unknown as Worker;
  });
  onTestFinished(() => client.dispose());
  let state: LabState | undefined;
  client.subscribe((event) => {
    if (event.type === 'state') state = event;
    if (event.type === 'checkpoint' && event.checkpoint !== undefined) taken.push(event.checkpoint);
  });
  const isReady = () => vi.waitFor(() => expect(state?.sentence).toBe('Ready.'), { timeout: 50_000 });
  const experiment = experimentOf(run('Only', softmax));
  client.send({ type: 'open', experiment, dataUrl: 'http://localhost/data/', fetchNow: true });
  await isReady();
  const before = taken.length;
  const started = performance.now();
  const rates = Array.from({ length: 60 }, (_, i) => 1e-3 + i * 1e-5);
  for (const learningRate of rates) {
    client.send({ type: 'setLearningRate', learningRate });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  // At once, then at most one in 250 ms.
  expect(taken.length - before).toBeLessThan(2 + (performance.now() - started) / 250);
  const last = rates.at(-1);
  const objective = { ...softmax, lambda1: 0.7 };
  client.send({ type: 'setObjective', run: 0, objective });
  // Lost before a checkpoint can have taken in the last ones.
  workers[0]?.dispatchEvent(new Event('error'));
  state = undefined;
  await isReady();
  expect(workers).toHaveLength(2);
  const { experiment: afterwards, runs } = (await client.checkpoint()) ?? {};
  expect(afterwards?.learningRate).toBe(last);
  expect(afterwards?.runs[0]?.objective).toEqual(objective);
  expect(runs?.[0]?.schedule).toEqual([{ step: 0, objective }]);
  await vi.waitFor(() => expect(taken.at(-1)?.experiment).toEqual(afterwards), { timeout: 50_000 });
});

it('training ends at the last step that can be written down, and its state can be gone on with', async () => {
  const experiment = experimentOf(run('Only', softmax));
  const first = started(experiment);
  await first.isReady();
  const late = started(experiment, { ...first.kept(), step: LAST_STEP - 3 });
  await late.isReady();
  late.send({ type: 'train' });
  await late.until(() => late.state()?.activity === 'paused' && late.state()?.step === LAST_STEP);
  expect(late.state()?.sentence).toContain('Training ends at step 2147483648');
  // Neither goes on; what is changed here can be named as well.
  for (const type of ['step', 'train'] as const) late.send({ type });
  late.send({ type: 'setObjective', run: 0, objective: center });
  await late.until(() => late.kept().experiment.runs[0]?.objective.centre.weight === center.centre.weight);
  const kept = late.kept();
  expect(kept.step).toBe(LAST_STEP);
  const again = started(kept.experiment, kept);
  await again.until(() => again.state()?.sentence.startsWith('Training ends'));
});
