/** The supervisor over fake workers that fail on request; e2e/faults has real ones. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presetNamed } from '../../losses/presets.ts';
import { experimentOf } from '../in-tests.ts';
import { LabClient } from './client.ts';
import {
  type BackendName,
  type Checkpoint,
  type Command,
  type Envelope,
  type Event,
  isEnvelope,
  type LabState,
  type Message,
  type Told,
} from './protocol.ts';

const experiment = experimentOf([{ title: 'a', objective: presetNamed('M').objective }]);
const open: Command = { type: 'open', experiment, dataUrl: 'http://localhost/data/', fetchNow: true };

/** A fake worker: the messages it received, and ways to make it post an event or fail. */
class ScriptedWorker extends EventTarget {
  readonly told: Message[] = [];
  isTerminated = false;

  postMessage(message: Message): void {
    this.told.push(message);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  get commands(): Command[] {
    return this.told.filter(isEnvelope).map(({ command }) => command);
  }

  says(event: Told): void {
    this.dispatchEvent(new MessageEvent('message', { data: event }));
  }

  opens(backend: BackendName): void {
    this.says({ type: 'backend', backend, reason: '', isTimed: false });
  }

  keeps(step: number, acknowledged = Number.POSITIVE_INFINITY): void {
    const state = { schedule: [], centres: new Float32Array(20) };
    const values = { firstMoments: new Float32Array(1), secondMoments: new Float32Array(1) };
    const run = { ...state, ...values, parameters: Float32Array.of(step + 1) };
    const checkpoint: Checkpoint = { experiment, step, learningRates: [], runs: [run] };
    this.says({ type: 'checkpoint', checkpoint, acknowledged, wasAsked: false });
  }

  fails(): void {
    this.says({ type: 'failed', sentence: 'The graphics processor was lost.' });
  }
}

function supervised(opening: Command = open) {
  const workers: ScriptedWorker[] = [];
  const heard: Event[] = [];
  const client = new LabClient(() => {
    const worker = new ScriptedWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  client.subscribe((event) => heard.push(event));
  client.send(opening);
  const newest = () => workers.at(-1) as ScriptedWorker;
  const opened = () => newest().commands.find((command) => command.type === 'open');
  const sentences = () => heard.flatMap((event) => ('sentence' in event ? [event.sentence] : []));
  return { client, workers, newest, opened, heard, sentences };
}

const pausedAt = (step: number): LabState => ({
  type: 'state',
  activity: 'paused',
  sentence: 'Ready.',
  network: 'compact',
  step,
  epoch: 0,
  learningRates: [],
  schedules: [],
  halted: [],
  wayBack: undefined,
});

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('after a failure', () => {
  it('goes on from the last checkpoint, on the same backend, and trains where it trained', () => {
    const { client, workers, newest, opened, sentences } = supervised();
    newest().opens('webgl');
    client.send({ type: 'train' });
    newest().keeps(120);
    newest().fails();
    expect(workers).toHaveLength(2);
    expect(workers[0]?.isTerminated).toBe(true);
    expect(opened()).toMatchObject({ experiment: { backend: 'webgl' }, resume: { step: 120 } });
    expect(newest().commands.at(-1)).toEqual({ type: 'train' });
    expect(sentences()).toEqual(['The graphics processor was lost. Training goes on from step 120.']);
    client.dispose();
  });

  it('says again what no checkpoint has taken in, and nothing twice', () => {
    const { client, newest } = supervised();
    newest().opens('wasm');
    client.send({ type: 'setLearningRate', learningRate: 0.002 });
    const acknowledged = newest()
      .told.filter(isEnvelope)
      .map(({ id }) => id)
      .at(-1);
    newest().keeps(10, acknowledged);
    client.send({ type: 'setLearningRate', learningRate: 0.004 });
    newest().fails();
    const rates = newest().commands.filter(({ type }) => type === 'setLearningRate');
    expect(rates).toEqual([{ type: 'setLearningRate', learningRate: 0.004 }]);
    client.dispose();
  });

  it('does not bring back what was before a reset', () => {
    const { client, newest, opened } = supervised();
    newest().opens('wasm');
    client.send({ type: 'train' });
    newest().keeps(10);
    client.send({ type: 'reset', experiment: { ...experiment, seed: 9 } });
    newest().fails();
    expect(opened()).toMatchObject({ experiment: { seed: 9 }, resume: undefined });
    expect(newest().commands).not.toContainEqual({ type: 'train' });
    client.dispose();
  });

  it('takes the next backend after a second one within a minute', () => {
    const { newest, opened, client } = supervised();
    newest().opens('webgl');
    newest().fails();
    vi.advanceTimersByTime(30_000);
    newest().opens('webgl');
    newest().fails();
    expect(opened()).toMatchObject({ experiment: { backend: 'wasm' } });
    client.dispose();
  });

  it('stays where a minute has gone by, and training has', () => {
    const { newest, opened, client } = supervised();
    newest().opens('webgl');
    newest().keeps(10);
    newest().fails();
    newest().opens('webgl');
    newest().keeps(20);
    // It answers every ping meanwhile.
    for (let second = 0; second < 61; second++) {
      vi.advanceTimersByTime(1000);
      newest().says({ type: 'pong', tensors: 0 });
    }
    newest().fails();
    expect(opened()).toMatchObject({ experiment: { backend: 'webgl' } });
    client.dispose();
  });

  /** Two workers of the same step, each lost after more than a minute in which it answered. */
  function lostTwice({ newest }: ReturnType<typeof supervised>): void {
    for (const failure of [1, 2]) {
      newest().opens('webgpu');
      newest().keeps(10);
      for (let second = 0; second < 90 * failure; second++) {
        vi.advanceTimersByTime(1000);
        newest().says({ type: 'pong', tensors: 0 });
      }
      newest().fails();
    }
  }

  it('takes the next backend where training never gets beyond a step, however long it takes', () => {
    const page = supervised();
    page.client.send({ type: 'train' });
    lostTwice(page);
    expect(page.opened()).toMatchObject({ experiment: { backend: 'webgl' }, resume: { step: 10 } });
    page.client.dispose();
  });

  it('stays where nothing was to be trained meanwhile', () => {
    const page = supervised();
    lostTwice(page);
    expect(page.opened()).toMatchObject({ experiment: { backend: 'webgpu' }, resume: { step: 10 } });
    page.client.dispose();
  });

  it('does not keep a checkpoint that holds no numbers', () => {
    const { client, newest } = supervised();
    newest().opens('wasm');
    newest().keeps(10);
    const lost = { ...client.lastCheckpoint, step: 20 } as Checkpoint;
    const runs = lost.runs.map((run) => ({ ...run, parameters: Float32Array.of(Number.NaN) }));
    newest().says({ type: 'checkpoint', checkpoint: { ...lost, runs }, acknowledged: 99, wasAsked: true });
    expect(client.lastCheckpoint?.step).toBe(10);
    client.dispose();
  });
});

it('replaces a worker that is silent', () => {
  const { client, workers, newest, sentences } = supervised();
  newest().opens('wasm');
  newest().keeps(7);
  vi.advanceTimersByTime(8000);
  expect(workers).toHaveLength(2);
  expect(sentences()[0]).toBe('The training worker fell silent. The state of step 7 is back.');
  client.dispose();
});

it('takes the next backend where a worker never gets as far as to open one', () => {
  const { client, newest, opened } = supervised();
  const wanted = [];
  for (let failure = 0; failure < 4; failure++) {
    newest().says({ type: 'pong', tensors: 0 });
    newest().fails();
    wanted.push(opened()?.experiment.backend);
  }
  expect(wanted).toEqual(['auto', 'wasm', 'wasm', 'cpu']);
  client.dispose();
});

it('takes one backend after the other where none opens again, and gives up after the last', async () => {
  const { client, newest, opened, sentences } = supervised();
  newest().opens('webgl');
  const wanted = [];
  for (let failure = 0; failure < 6; failure++) {
    newest().says({ type: 'pong', tensors: 0 });
    newest().fails();
    wanted.push(opened()?.experiment.backend);
  }
  await Promise.resolve();
  expect(wanted).toEqual(['webgl', 'wasm', 'wasm', 'cpu', 'cpu', 'cpu']);
  expect(sentences().at(-1)).toContain('Reload the page to train again');
  client.dispose();
});

it('gives up where the code of a second worker is gone', async () => {
  const { client, workers, newest, sentences } = supervised();
  newest().opens('wasm');
  newest().keeps(10);
  newest().fails();
  newest().dispatchEvent(new Event('error'));
  await Promise.resolve();
  expect(workers).toHaveLength(2);
  expect(sentences().at(-1)).toContain('There may be a new version: reload the page.');
  client.dispose();
});

it('does not train unasked where the worker has come to rest by itself', () => {
  const { client, newest } = supervised();
  newest().opens('wasm');
  client.send({ type: 'train' });
  newest().keeps(10);
  newest().says(pausedAt(10));
  newest().fails();
  expect(newest().commands).not.toContainEqual({ type: 'train' });
  client.dispose();
});

it('does not tell of runs that are no longer those of the page', () => {
  const { client, newest, heard } = supervised();
  newest().opens('wasm');
  client.send({ type: 'removeRun', run: 0 });
  newest().says({ ...pausedAt(10), acknowledged: 1 });
  newest().keeps(10, 1);
  expect(heard.map(({ type }) => type)).toEqual(['backend']);
  // It is a state to go on from all the same.
  expect(client.lastCheckpoint?.step).toBe(10);
  newest().says({ ...pausedAt(10), acknowledged: 2 });
  expect(heard.at(-1)?.type).toBe('state');
  client.dispose();
});

it('answers with no state of runs that came or went after the question', async () => {
  const { client, newest } = supervised();
  newest().opens('wasm');
  newest().keeps(10);
  const asked = client.checkpoint();
  client.send({ type: 'addRun', run: { title: 'late', objective: presetNamed('S').objective } });
  newest().says({ type: 'checkpoint', checkpoint: client.lastCheckpoint, acknowledged: 2, wasAsked: true });
  await expect(asked).rejects.toThrow('The panels were changed meanwhile');
  const late = client.checkpoint();
  client.dispose();
  await expect(late).rejects.toThrow('Another session');
});

it('takes no state from before a reset, though it was asked for one', async () => {
  const { client, newest, opened } = supervised();
  newest().opens('wasm');
  newest().keeps(10);
  const before = client.lastCheckpoint;
  const moving = client.moveTo('cpu');
  client.send({ type: 'reset', experiment: { ...experiment, network: 'lenets++' } });
  const idOf = (type: Command['type']) =>
    newest()
      .told.filter(isEnvelope)
      .find(({ command }) => command.type === type)?.id;
  newest().says({
    type: 'checkpoint',
    checkpoint: before,
    acknowledged: idOf('checkpoint') ?? 0,
    wasAsked: true,
  });
  await moving;
  expect(opened()).toMatchObject({ experiment: { network: 'lenets++', backend: 'cpu' }, resume: undefined });
  client.dispose();
});

it('keeps what is changed after the end of training for another backend, and its last state to be saved', async () => {
  const { client, newest, opened } = supervised();
  newest().opens('cpu');
  newest().keeps(10);
  newest().fails();
  newest().opens('cpu');
  newest().fails();
  await Promise.resolve();
  expect((await client.checkpoint())?.step).toBe(10);
  client.send({ type: 'addRun', run: { title: 'late', objective: presetNamed('S').objective } });
  await expect(client.checkpoint()).rejects.toThrow('before the panels were changed');
  await client.moveTo('wasm');
  expect(opened()).toMatchObject({ experiment: { backend: 'wasm' }, resume: { step: 10 } });
  expect(newest().commands.map(({ type }) => type)).toContain('addRun');
  client.dispose();
});

it('moves to another backend from where the runs are', async () => {
  const { client, newest, opened } = supervised();
  newest().opens('webgl');
  client.send({ type: 'train' });
  const moving = client.moveTo('cpu');
  const { lastCheckpoint } = client;
  expect(lastCheckpoint).toBeUndefined();
  newest().keeps(33);
  const checkpoint = client.lastCheckpoint;
  newest().says({ type: 'checkpoint', checkpoint, acknowledged: 99, wasAsked: true });
  await moving;
  expect(opened()).toMatchObject({ experiment: { backend: 'cpu' }, resume: { step: 33 } });
  expect(newest().commands.at(-1)).toEqual({ type: 'train' });
  client.dispose();
});

it('gives up in a sentence where no worker ever opens', async () => {
  const { client, workers, newest, sentences } = supervised();
  newest().dispatchEvent(new Event('error'));
  newest().dispatchEvent(new Event('error'));
  await Promise.resolve();
  expect(workers).toHaveLength(2);
  expect(sentences().at(-1)).toContain('the recorded run can be seen all the same');
  await expect(client.checkpoint()).rejects.toThrow('Training has ended');
  client.dispose();
});

it('gives up in a sentence where workers can’t be made at all', async () => {
  const sentences: string[] = [];
  const client = new LabClient(() => {
    throw new Error('blocked');
  });
  client.subscribe((event) => {
    if (event.type === 'failed') sentences.push(event.sentence);
  });
  client.send(open);
  await Promise.resolve();
  expect(sentences).toEqual([
    'This browser starts no training worker, so only the recorded run can be seen.',
  ]);
});

describe('the state before the next command', () => {
  /** The number of the newest question. */
  const asked = ({ told }: ScriptedWorker) =>
    told.filter(isEnvelope).findLast(({ command }) => command.type === 'checkpoint') as Envelope;
  const answer = (worker: ScriptedWorker, step: number, acknowledged: number) => {
    const run = { schedule: [], centres: new Float32Array(20), parameters: Float32Array.of(1) };
    const moments = { firstMoments: new Float32Array(1), secondMoments: new Float32Array(1) };
    const checkpoint = { experiment, step, learningRates: [], runs: [{ ...run, ...moments }] };
    worker.says({ type: 'checkpoint', checkpoint, acknowledged, wasAsked: true });
  };

  it('is told although a reset came after the question, and is not gone on with', async () => {
    const { client, newest, opened } = supervised();
    const final = client.finalCheckpoint();
    const { id } = asked(newest());
    client.send({ type: 'reset', experiment });
    answer(newest(), 77, id);
    expect((await final)?.step).toBe(77);
    newest().fails();
    expect(opened()).toMatchObject({ resume: undefined });
  });

  it('is not that of another worker, nor a later one', async () => {
    const { client, newest } = supervised();
    const lost = client.finalCheckpoint();
    client.send({ type: 'reset', experiment });
    newest().fails();
    answer(newest(), 0, Number.POSITIVE_INFINITY);
    expect(await lost).toBeUndefined();
    const late = client.finalCheckpoint();
    const { id } = asked(newest());
    client.send({ type: 'reset', experiment });
    answer(newest(), 0, id + 1);
    expect(await late).toBeUndefined();
  });

  it('is none once the client is let go', async () => {
    const { client } = supervised();
    const final = client.finalCheckpoint();
    client.dispose();
    expect(await final).toBeUndefined();
  });
});

describe('while the worker is in a long step', () => {
  const cpu: Command = { ...open, experiment: { ...experiment, network: 'lenets++', backend: 'cpu' } };

  /** Training, with a state of step 10; what is said after that is not acknowledged. */
  function inLongStep() {
    const page = supervised(cpu);
    page.newest().opens('cpu');
    page.client.send({ type: 'train' });
    page.newest().keeps(10);
    page.newest().says({ ...pausedAt(10), network: 'lenets++', activity: 'training' });
    return page;
  }

  it('lets it train as long as the reader chooses nothing', () => {
    const { client, workers } = inLongStep();
    vi.advanceTimersByTime(20 * 60_000);
    expect(workers).toHaveLength(1);
    client.dispose();
  });

  const { objective } = presetNamed('S');
  const choices: readonly Command[] = [
    { type: 'pause' },
    { type: 'setObjective', run: 0, objective },
    { type: 'setLearningRate', learningRate: 0.002 },
    { type: 'addRun', run: { title: 'late', objective } },
    { type: 'showSamples', samples: 'all' },
  ];
  it.each(choices)('does $type within 5 s in another one, from the last checkpoint', (command) => {
    const { client, workers, newest, opened, sentences, heard } = inLongStep();
    client.send(command);
    vi.advanceTimersByTime(5000);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    expect(opened()).toMatchObject({ experiment: { backend: 'cpu' }, resume: { step: 10 } });
    const told = newest().commands.map(({ type }) => type);
    if (command.type === 'pause') expect(told).not.toContain('train');
    else expect(told).toEqual(['open', command.type, 'train']);
    expect(sentences().at(-1)).toBe('The worker did not answer in time: another one takes over at step 10.');
    expect(heard.some(({ type }) => type === 'notice')).toBe(false);
    client.dispose();
  });

  it('begins another experiment within 5 s, even where a worker is still opening', () => {
    const { client, workers, newest, opened } = supervised(cpu);
    client.send({ type: 'setLearningRate', learningRate: 0.002 });
    vi.advanceTimersByTime(20_000);
    expect(workers).toHaveLength(1);
    client.send({ type: 'reset', experiment });
    vi.advanceTimersByTime(5000);
    expect(workers).toHaveLength(2);
    expect(opened()).toMatchObject({ experiment, resume: undefined });
    expect(newest().commands.map(({ type }) => type)).toEqual(['open']);
    client.dispose();
  });

  it('takes no choice for a failure: the backend stays, however often the reader chooses', () => {
    const { client, workers, newest, opened } = inLongStep();
    for (let choice = 1; choice <= 6; choice++) {
      client.send({ type: 'setLearningRate', learningRate: choice / 1000 });
      vi.advanceTimersByTime(5000);
      newest().opens('cpu');
    }
    expect(workers).toHaveLength(7);
    expect(opened()?.experiment.backend).toBe('cpu');
    client.dispose();
  });

  it('answers what is to be saved by the last state, and ends nothing', async () => {
    const { client, workers } = inLongStep();
    const asked = client.checkpoint();
    await vi.advanceTimersByTimeAsync(5000);
    expect((await asked)?.step).toBe(10);
    expect(workers).toHaveLength(1);
    client.dispose();
  });

  it('does not take the last state for that with which it ends', async () => {
    const { client } = inLongStep();
    const asked = client.finalCheckpoint();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await asked).toBeUndefined();
    client.dispose();
  });

  it('moves to another backend within 5 s', async () => {
    const { client, opened } = inLongStep();
    client.moveTo('wasm');
    await vi.advanceTimersByTimeAsync(5000);
    expect(opened()).toMatchObject({ experiment: { backend: 'wasm' }, resume: { step: 10 } });
    client.dispose();
  });

  it('says that training will begin, and ends nothing for it', () => {
    const { client, workers, newest, heard } = supervised(cpu);
    newest().opens('cpu');
    newest().says({ ...pausedAt(0), activity: 'waiting', sentence: 'Drawing the first picture.' });
    client.send({ type: 'train' });
    vi.advanceTimersByTime(20_000);
    expect(workers).toHaveLength(1);
    expect(heard.at(-1)).toMatchObject({ activity: 'training' });
    client.dispose();
  });

  it('asks for a single step again that is not done yet', () => {
    const { client, newest } = supervised(cpu);
    newest().opens('cpu');
    newest().keeps(10);
    client.send({ type: 'step' });
    newest().says({ type: 'pong', tensors: 0, acknowledged: 2 });
    client.send({ type: 'setLearningRate', learningRate: 0.002 });
    vi.advanceTimersByTime(5000);
    expect(newest().commands.map(({ type }) => type)).toEqual(['open', 'setLearningRate', 'step']);
    client.dispose();
  });
});
