/** What the reader can do: what each command changes on the page, and what it sends to the worker. */

import { describe, expect, it } from 'vitest';
import { type Experiment, scheduleOf } from '../../training/link/protocol.ts';
import { keptCheckpoint } from '../sessions/session-commands.ts';
import { begun, page } from './commands-in-tests.ts';
import { checkpointAt, frameAt, labAt, recordingAt, samples, snapshotAt } from './in-tests.ts';
import { parseHash } from './url.ts';

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

  it('is kept as of the newest checkpoint, under the titles that the reader gave', () => {
    const { commands, hear, state } = begun();
    expect(keptCheckpoint(state())).toBeUndefined();
    const checkpoint = checkpointAt(10, state().experiment);
    hear({ type: 'checkpoint', checkpoint, wasAsked: false });
    commands.renameRun(0, 'Mine');
    expect(keptCheckpoint(state())).toMatchObject({
      step: 10,
      experiment: { runs: state().experiment.runs },
    });
    commands.addRun();
    expect(keptCheckpoint(state())).toBeUndefined();
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

it('takes runs from the start with another seed or other classes, and leaves the recording in sight', () => {
  const { commands, told, state } = begun();
  commands.takeRecording(recordingAt(0, 50));
  commands.goToRecording();
  commands.restartWith({ seed: 9 });
  expect(told.at(-1)).toMatchObject({ type: 'reset', experiment: { seed: 9 } });
  expect(state().showsRecording).toBe(true);
  commands.restartWith({ heldOut: [4] });
  expect(state()).toMatchObject({ showsRecording: true, experiment: { heldOut: [4] } });
});

describe('a reset', () => {
  it('begins with what the controls show, under a name that says so', () => {
    const { commands, told, hear, state } = begun();
    hear(labAt(20, { schedules: [[], [], []] }));
    commands.choosePreset(0, 'M');
    commands.setLearningRate(2e-3);
    expect(state().experiment.runs[0]?.title).toBe('Softmax → Margin');
    commands.reset();
    const { experiment } = state();
    expect(experiment.runs.map(({ title }) => title)).toEqual(['Margin 2', 'Softmax + center', 'Margin']);
    expect(experiment.runs.every(({ before }) => before === undefined)).toBe(true);
    expect(experiment).toMatchObject({ learningRate: 2e-3 });
    expect(experiment.ratesBefore).toBeUndefined();
    expect(told.at(-1)).toEqual({ type: 'reset', experiment });
  });

  it('before the first step leaves what a link has planned', () => {
    const { commands, told, state } = page('#run=A*1*0*0*0.5*8*at:40*0*0*1*0.5*8');
    commands.start();
    const { runs } = state().experiment;
    commands.restartWith({ seed: 3 });
    expect(state().experiment.runs).toBe(runs);
    expect(told.at(-1)).toMatchObject({ type: 'reset', experiment: { seed: 3, runs } });
  });
});

it('a link waits for the worker to say at which step the last change acts', async () => {
  const { commands, hear, state } = begun();
  const schedules = state().experiment.runs.map(({ objective }) => [{ step: 0, objective }]);
  const learningRates = [{ step: 0, learningRate: 1e-3 }];
  hear(labAt(20, { schedules: schedules.slice(0, 2).concat([[]]), learningRates }));
  commands.setLearningRate(2e-3);
  expect(commands.isSettled()).toBe(false);
  const settled = commands.settled();
  const told = [...learningRates, { step: 21, learningRate: 2e-3 }];
  hear(
    labAt(21, { schedules: state().experiment.runs.map((run) => scheduleOf(run, 468)), learningRates: told }),
  );
  await settled;
  expect(commands.isSettled()).toBe(true);
  expect(state().experiment.ratesBefore).toEqual([{ until: 21, learningRate: 1e-3 }]);
});

it('lights a pinned class until it is pinned again', () => {
  const { commands, state } = page();
  commands.pinClass(3);
  expect(state().pinnedClass).toBe(3);
  commands.pinClass(3);
  expect(state().pinnedClass).toBeUndefined();
});
