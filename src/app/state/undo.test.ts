/** Training that was ended, and how it comes back. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Commands } from './commands.ts';
import { begun, page } from './commands-in-tests.ts';
import { checkpointAt, labAt, progressAt, samples, snapshotAt } from './in-tests.ts';

describe('training that was ended', () => {
  const WAYS: Record<string, (commands: Commands) => void> = {
    'a reset': (commands) => commands.reset(),
    'another seed': (commands) => commands.restartWith({ seed: 9 }),
    'another network': (commands) => commands.restartWith({ network: 'lenets++' }),
    'a class that is held out': (commands) => commands.restartWith({ heldOut: [4] }),
    'a removed panel': (commands) => commands.removeRun(1),
    'going back': (commands) => commands.goBack(),
    'other samples': (commands) => commands.showSamples('all'),
    'a link': (commands) => commands.openLink('#seed=7'),
    'another session': (commands) => {
      const { experiment } = commands.store.getState();
      const { labels, indices } = samples();
      const curves = experiment.runs.map(() => []);
      commands.resume({ checkpoint: checkpointAt(3, experiment), labels, indices, frames: [], curves });
    },
  };

  /** Trained to step 20 and still training, looked at in its past, with a title and a knob of the reader's. */
  function trained() {
    const opened = begun();
    const { commands, hear, state } = opened;
    commands.renameRun(0, 'Mine');
    commands.setLearningRate(2e-3);
    const count = state().experiment.runs.length;
    hear(labAt(20), progressAt(20, count));
    commands.goTo(10);
    commands.show({ selectedRun: 1, pinnedClass: 3 });
    opened.told.length = 0;
    const { experiment } = state();
    return { ...opened, exact: { ...checkpointAt(20, experiment), experiment: { ...experiment } } };
  }

  it.each(Object.entries(WAYS))('by %s is brought back whole', async (_, endBy) => {
    const { commands, told, answers, exact, hear, state } = trained();
    const before = state();
    answers.push(exact);
    endBy(commands);
    expect(state().sessionId).not.toBe(before.sessionId);
    expect(state().ended).toMatchObject([{ step: 20 }]);
    // The worker has begun anew.
    hear(labAt(0));
    told.length = 0;
    await commands.undo();
    expect(told.map(({ type }) => type).filter((type) => type !== 'showSamples')).toEqual(['open', 'train']);
    expect(told[0]).toMatchObject({ resume: exact });
    const { experiment, frames, curves, at, selectedRun, pinnedClass, sampleSet, sessionId, samples } =
      before;
    expect(state()).toMatchObject({
      frames,
      curves,
      at,
      selectedRun,
      pinnedClass,
      sampleSet,
      sessionId,
      samples,
    });
    expect(state()).toMatchObject({ experiment, progress: { step: 20 }, ended: [] });
    // What the new worker says first leaves the past as it is.
    hear(labAt(20, { activity: 'waiting', epoch: undefined }));
    expect(state()).toMatchObject({ frames, curves, at });
  });

  it('is also what an undo ends', async () => {
    const { commands, answers, exact, hear, state } = trained();
    answers.push(exact);
    commands.reset();
    hear(labAt(0), progressAt(7, state().experiment.runs.length));
    const { sessionId } = state();
    answers.push({ ...exact, step: 7 });
    await commands.undo();
    expect(state()).toMatchObject({ progress: { step: 20 }, ended: [{ step: 7 }] });
    expect(state().ended[0]?.sentence).toBe('Undo ended the training at step 7.');
    answers.push(exact);
    await commands.undo();
    expect(state()).toMatchObject({ progress: { step: 7 }, sessionId, ended: [{ step: 20 }] });
    answers.push({ ...exact, step: 7 });
    await commands.undo();
    expect(state()).toMatchObject({ progress: { step: 20 }, ended: [{ step: 7 }] });
  });

  it('is not there before the first step', () => {
    const { commands, state } = page();
    commands.start();
    for (const endBy of Object.values(WAYS)) endBy(commands);
    expect(state().ended).toEqual([]);
  });

  it('goes on from the newest checkpoint where the worker does not answer, and says from which', async () => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { commands, hear, exact, silence, told, state } = trained();
    hear({ type: 'checkpoint', checkpoint: { ...exact, step: 12 }, wasAsked: false });
    silence();
    commands.reset();
    await vi.advanceTimersByTimeAsync(5000);
    expect(state().ended[0]?.sentence).toContain('Undo goes back to step 12');
    await commands.undo();
    expect(told).toContainEqual(expect.objectContaining({ type: 'open', resume: { ...exact, step: 12 } }));
    expect(state().frames.map(({ step }) => step)).toEqual([0, 10]);
    expect(state().progress).toMatchObject({ step: 12 });
  });

  it('while a run catches up comes back without that run', async () => {
    const { commands, answers, exact, hear, told, state } = trained();
    hear({ type: 'checkpoint', checkpoint: exact, wasAsked: false });
    const { experiment, panels, curves } = state();
    commands.addRun();
    hear(snapshotAt(20, { runs: experiment.runs.length + 1 }));
    // What the worker has by then is of other runs.
    answers.push(undefined);
    commands.reset();
    hear(labAt(0));
    await vi.waitFor(() => expect(state().ended[0]?.sentence).toContain('without the run'));
    await commands.undo();
    expect(told).toContainEqual(expect.objectContaining({ type: 'open', resume: exact }));
    expect(state()).toMatchObject({ experiment, panels, curves, progress: { step: 20 }, ended: [] });
    expect(state().frames.map(({ runs }) => runs.length)).toEqual([0, 10, 20].map(() => panels.length));
  });

  it('that can’t be brought back is said', async () => {
    const { commands, answers, state } = trained();
    answers.push(undefined);
    commands.reset();
    await commands.undo();
    expect(state().ended).toEqual([]);
    expect(state().notices.at(-1)).toContain('can’t be brought back');
  });

  it('stays to be brought back where no worker can be made for it', async () => {
    const { commands, answers, exact, spoil, state } = trained();
    answers.push(exact);
    commands.reset();
    spoil();
    await commands.undo();
    expect(state().ended).toHaveLength(1);
    expect(state().notices.at(-1)).toContain('another worker could not be started');
  });

  it('is kept twice at most: the newest, and the longest of the others', () => {
    const { commands, hear, exact, answers, state } = trained();
    const count = exact.experiment.runs.length;
    for (const step of [50, 3, 4]) {
      hear(progressAt(step, count));
      answers.push({ ...exact, step });
      commands.reset();
      hear(labAt(0));
    }
    expect(state().ended.map(({ step }) => step)).toEqual([50, 4]);
    commands.forgetEnded();
    expect(state().ended.map(({ step }) => step)).toEqual([50]);
  });

  it('ends once, however often it is reset before the worker has begun anew', async () => {
    const { commands, answers, exact, hear, state } = trained();
    // The worker's states before the one and the other.
    answers.push(exact, { ...exact, step: 0 });
    commands.restartWith({ seed: 2 });
    commands.restartWith({ seed: 3 });
    commands.openLink('#seed=4');
    expect(state().ended).toMatchObject([{ step: 20 }]);
    hear(labAt(0));
    await commands.undo();
    expect(state()).toMatchObject({ ended: [], progress: { step: 20 }, experiment: { seed: 1 } });
  });

  it('is let go of once more has been trained since', () => {
    const { commands, hear, exact, answers, state } = trained();
    answers.push(exact);
    commands.reset();
    hear(labAt(0));
    const count = exact.experiment.runs.length;
    hear(progressAt(500, count));
    expect(state().ended).toHaveLength(1);
    hear(progressAt(501, count));
    expect(state().ended).toEqual([]);
  });
});
