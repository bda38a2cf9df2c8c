/** What the reader can do: what each command changes on the page, and what it sends to the worker. */

import { describe, expect, it } from 'vitest';
import type { Checkpoint, Command, Event, Experiment } from '../../training/link/protocol.ts';
import { createCommands } from './commands.ts';
import { checkpointAt, frameAt, labAt, recordingAt, samples, snapshotAt } from './in-tests.ts';
import { parseHash } from './url.ts';

/** A page whose client only records the commands it is sent. */
function page(hash = '') {
  const told: Command[] = [];
  const hashes: string[] = [];
  const answers: (Checkpoint | undefined)[] = [];
  let listeners: ((event: Event) => void)[][] = [];
  let isSpoilt = false;
  const commands = createCommands({
    hash,
    dataUrl: 'http://localhost/data/',
    saveData: false,
    prefersStill: false,
    onHash: (written) => hashes.push(written),
    createClient() {
      if (isSpoilt) throw new Error('There are no more workers.');
      const own: ((event: Event) => void)[] = [];
      listeners.push(own);
      return {
        send: (command) => told.push(command),
        subscribe(listener) {
          own.push(listener);
          return () => {};
        },
        checkpoint: async () => answers.shift(),
        moveTo: async () => {},
        dispose() {
          listeners = listeners.filter((other) => other !== own);
        },
      };
    },
    backendMemory: { get: () => undefined, set: () => {} },
  });
  const hear = (...events: Event[]) => {
    for (const event of events) for (const listener of listeners.flat()) listener(event);
  };
  const spoil = () => {
    isSpoilt = true;
  };
  return { commands, told, hashes, answers, hear, spoil, state: () => commands.store.getState() };
}

/** The same after the worker has begun, and has trained to step 20. */
function begun() {
  const opened = page();
  const { commands, hear, told } = opened;
  commands.start();
  hear(samples());
  for (const step of [0, 10, 20])
    hear(snapshotAt(step, { runs: commands.store.getState().experiment.runs.length }));
  told.length = 0;
  return opened;
}

describe('live changes', () => {
  it('are told to the worker, written to the address bar, and hold on the page', () => {
    const { commands, told, hashes, state } = begun();
    commands.setLearningRate(2e-3);
    commands.setWarmUp(9);
    expect(told).toEqual([
      { type: 'setLearningRate', learningRate: 2e-3 },
      { type: 'setWarmUp', warmUpSteps: 9 },
    ]);
    expect(parseHash(hashes.at(-1) ?? '').experiment).toEqual(state().experiment);
  });

  it('add runs of one’s own titles up to the most there can be, and remove all but the last', () => {
    const { commands, told, state } = begun();
    for (let press = 0; press < 5; press++) commands.addRun();
    const titles = state().experiment.runs.map(({ title }) => title);
    expect(titles).toHaveLength(4);
    expect(new Set(titles).size).toBe(4);
    expect(told).toHaveLength(4 - 3);
    for (let press = 0; press < 5; press++) commands.removeRun(0);
    expect(state().experiment.runs).toHaveLength(1);
    expect(told.filter(({ type }) => type === 'removeRun')).toHaveLength(3);
  });

  it('go back with a pause before and, at a new rate, training after', () => {
    const { commands, told, state } = begun();
    commands.goBack(5e-4);
    commands.goBack();
    expect(told.map(({ type }) => type)).toEqual(['pause', 'goBack', 'train', 'pause', 'goBack']);
    expect(state().experiment.learningRate).toBe(5e-4);
  });

  it('leave a typed title, and change one that a preset gave', () => {
    const { commands, told, state } = begun();
    const titleOf = (run: number) => state().experiment.runs[run]?.title;
    commands.renameRun(0, '  Mine ');
    commands.renameRun(1, '\u200b');
    expect(told).toEqual([]);
    commands.choosePreset(0, 'M');
    commands.choosePreset(1, 'M');
    expect(titleOf(0)).toBe('Mine');
    expect(titleOf(1)).toMatch(/^Margin/);
    expect(told.map(({ type }) => type)).toEqual(['setObjective', 'setObjective']);
  });
});

describe('time', () => {
  it('stops at its ends, and is live at the newest step', () => {
    const { commands, state } = begun();
    commands.goTo(-5);
    expect(state().at).toBe(0);
    commands.goBy(1);
    expect(state().at).toBe(10);
    commands.goBy(1);
    expect(state().at).toBeUndefined();
    commands.goTo(99);
    expect(state().at).toBeUndefined();
  });

  it('plays from the beginning where it stands at the end, and stops when it is moved', () => {
    const { commands, state } = begun();
    commands.setPlaying(true);
    expect(state()).toMatchObject({ isPlaying: true, at: 0 });
    commands.goTo(10);
    expect(state()).toMatchObject({ isPlaying: false, at: 10 });
    commands.setPlaying(true);
    expect(state().at).toBe(10);
  });

  it('shows a recording that comes before anything is trained, and only then', () => {
    const early = page();
    early.commands.takeRecording(recordingAt(0, 50));
    expect(early.state()).toMatchObject({ showsRecording: true, isPlaying: true, at: 0 });
    early.commands.goLive();
    expect(early.state()).toMatchObject({ showsRecording: false, isPlaying: false, at: undefined });
    const late = begun();
    late.commands.takeRecording(recordingAt(0, 50));
    expect(late.state()).toMatchObject({ showsRecording: false, isPlaying: false });
    late.commands.goToRecording();
    expect(late.state().showsRecording).toBe(true);
  });
});

describe('a session', () => {
  it('is of one moment, with what only the page knows', async () => {
    const { commands, answers, state } = begun();
    const experiment = state().experiment;
    answers.push(checkpointAt(20, experiment));
    commands.renameRun(0, 'Mine');
    const { checkpoint, frames } = await commands.session();
    expect(checkpoint.experiment.runs[0]?.title).toBe('Mine');
    expect(frames.map(({ step }) => step)).toEqual([0, 10, 20]);
  });

  it('is refused in a sentence where there is none, or the experiment was changed meanwhile', async () => {
    await expect(page().commands.session()).rejects.toThrow('nothing to save yet');
    const { commands, answers, state } = begun();
    answers.push(checkpointAt(20, state().experiment));
    const asked = commands.session();
    commands.removeRun(0);
    await expect(asked).rejects.toThrow('changed meanwhile');
  });

  it('is kept as of the newest checkpoint, without what came after it', () => {
    const { commands, hear, state } = begun();
    expect(commands.sessionAtCheckpoint()).toBeUndefined();
    const checkpoint = checkpointAt(10, state().experiment);
    hear({ type: 'checkpoint', checkpoint, wasAsked: false });
    const kept = commands.sessionAtCheckpoint();
    expect(kept?.frames.map(({ step }) => step)).toEqual([0, 10]);
    expect(kept?.curves[0]?.map(({ step }) => step)).toEqual([0, 10]);
  });

  it('is gone on with by a new worker, under titles that differ', () => {
    const { commands, told, hear, state } = begun();
    const { experiment } = state();
    const runs = experiment.runs.map((run) => ({ ...run, title: 'Same' }));
    const checkpoint = checkpointAt(12, { ...experiment, runs });
    const { labels, indices } = samples();
    commands.resume({ checkpoint, labels, indices, frames: [frameAt(3, 3)], curves: runs.map(() => []) });
    expect(told).toMatchObject([{ type: 'open', resume: { step: 12 } }]);
    expect(state().experiment.runs.map(({ title }) => title)).toEqual(['Same', 'Same 2', 'Same 3']);
    expect(state()).toMatchObject({ progress: { step: 12 }, frames: [{ step: 3 }] });
    hear(labAt(12));
    expect(state().frames).toHaveLength(1);
  });
});

describe('a session that is opened', () => {
  const other = ({ experiment }: { readonly experiment: Experiment }) => {
    const { labels, indices } = samples();
    const checkpoint = checkpointAt(12, { ...experiment, seed: 9 });
    return { checkpoint, labels, indices, frames: [frameAt(3, 3)], curves: experiment.runs.map(() => []) };
  };

  it('changes nothing where a part of the page can’t show it', () => {
    const { commands, told, hear, state } = begun();
    const before = state();
    commands.store.subscribe(({ frames }) => {
      if (frames[0]?.step === 3) throw new Error('This part can’t draw it.');
    });
    expect(() => commands.resume(other(before))).toThrow('can’t draw');
    expect(state()).toEqual(before);
    expect(told).toEqual([]);
    // The worker from before is still heard.
    hear(snapshotAt(30, { runs: before.experiment.runs.length }));
    expect(state().frames).toHaveLength(4);
  });

  it('changes nothing where no worker can be made for it', () => {
    const { commands, hear, state, spoil } = begun();
    const before = state();
    spoil();
    expect(() => commands.resume(other(before))).toThrow('no more workers');
    expect(state()).toEqual(before);
    hear(snapshotAt(30, { runs: before.experiment.runs.length }));
    expect(state().frames).toHaveLength(4);
  });
});

it('takes runs from the start with another seed, and the recording away with other classes', () => {
  const { commands, told, state } = begun();
  commands.takeRecording(recordingAt(0, 50));
  commands.goToRecording();
  commands.restartWith({ seed: 9 });
  expect(told.at(-1)).toMatchObject({ type: 'reset', experiment: { seed: 9 } });
  expect(state().showsRecording).toBe(true);
  commands.restartWith({ heldOut: [4] });
  expect(state()).toMatchObject({ showsRecording: false, experiment: { heldOut: [4] } });
});

it('lights a pinned class until it is pinned again', () => {
  const { commands, state } = page();
  commands.pinClass(3);
  expect(state().pinnedClass).toBe(3);
  commands.pinClass(3);
  expect(state().pinnedClass).toBeUndefined();
});
