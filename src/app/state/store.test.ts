/** The page's state after what the worker says, and after what the reader changes. */

import { describe, expect, it } from 'vitest';
import { MNIST } from '../../data/sets/mnist.ts';
import {
  checkpointAt,
  frameAt,
  labAt,
  pageWith,
  progressAt,
  recordingAt,
  samples,
  snapshotAt,
  twoRuns,
} from './in-tests.ts';
import { isSettled } from './slices/experiment.ts';
import type { Happening } from './slices/slice.ts';
import { afterHappening, createPageStore, freshState, type PageState } from './store.ts';

function pageAfter(state: PageState, ...happenings: Happening[]): PageState {
  const store = createPageStore(state.experiment);
  store.setState(state);
  for (const happening of happenings) store.setState((now) => afterHappening(now, happening));
  return store.getState();
}

const stepsOf = (items: readonly { readonly step: number }[] = []) => items.map(({ step }) => step);

/** Trained to step 20, with a frame and points at 0, 10 and 20. */
function trained(part: Partial<PageState> = {}): PageState {
  const told = [0, 10, 20].flatMap((step) => [labAt(step), progressAt(step), snapshotAt(step)]);
  const whole = snapshotAt(20, { set: 'test', count: 8 });
  return { ...pageAfter(pageWith(), samples(), ...told, whole), ...part };
}

describe('an event', () => {
  it('of the backend, of data, of a problem with it, and of the end is what the page shows', () => {
    const state = pageAfter(
      pageWith(),
      { type: 'backend', backend: 'wasm', reason: 'It is here.', isTimed: false },
      { type: 'dataFailed', sentence: 'No network.' },
    );
    expect(state.backend).toEqual({ name: 'wasm', reason: 'It is here.' });
    expect(state.dataProblem).toBe('No network.');
    const more = { type: 'data', receivedBytes: 1, totalBytes: 2, trainImages: 0 } as const;
    const later = pageAfter(state, more, { type: 'failed', sentence: 'It is over.' });
    expect(later).toMatchObject({
      data: { receivedBytes: 1 },
      dataProblem: undefined,
      failure: 'It is over.',
    });
  });

  it('that only answers changes nothing', () => {
    const checkpoint = { type: 'checkpoint', checkpoint: checkpointAt(5), wasAsked: true } as const;
    expect(afterHappening(pageWith(), checkpoint)).toEqual({});
    expect(afterHappening(pageWith(), { type: 'pong', tensors: 3 })).toEqual({});
    expect(pageAfter(pageWith(), { ...checkpoint, wasAsked: false }).checkpoint?.step).toBe(5);
  });

  it('with a notice joins the newest few, each once', () => {
    const notices = ['a', 'b', 'c', 'd', 'e', 'd'].map((sentence) => ({ type: 'notice', sentence }) as const);
    expect(pageAfter(pageWith(), ...notices).notices).toEqual(['b', 'c', 'e', 'd']);
  });

  it('of a step gives points, frames and numbers', () => {
    const state = trained();
    expect(stepsOf(state.frames)).toEqual([0, 10, 20]);
    expect(state.curves.map(stepsOf)).toEqual([
      [0, 10, 20],
      [0, 10, 20],
    ]);
    expect(state.curves[0]?.[1]?.values).toMatchObject({ total: 10, D1: 10 });
    expect(state.progress?.step).toBe(20);
    expect(state.wholeTest?.labels).toHaveLength(8);
    expect(state.snapshot?.labels).toHaveLength(4);
  });

  it('of other runs than these is stale', () => {
    const state = trained();
    expect(afterHappening(state, progressAt(30, 3))).toEqual({});
    expect(afterHappening(state, snapshotAt(30, { runs: 1 }))).toEqual({});
    expect(afterHappening(state, snapshotAt(30, { runs: 1, set: 'test' }))).toEqual({});
  });

  it('of other samples than those on the timeline is stale', () => {
    expect(afterHappening(trained(), snapshotAt(30, { count: 5 }))).toEqual({});
  });

  it('of the first live step ends the recording', () => {
    const state = trained({
      showsRecording: true,
      at: 5,
      isPlaying: true,
      highlight: { sample: 1, run: 0, by: 'tap' },
    });
    const live = { showsRecording: false, at: undefined, isPlaying: false, highlight: undefined };
    expect(pageAfter(state, progressAt(30))).toMatchObject(live);
    expect(pageAfter(trained({ at: 5 }), progressAt(30)).at).toBe(5);
  });

  it('of step 0 after a reset empties what was learnt', () => {
    const state = pageAfter(trained({ at: 10 }), labAt(0, { epoch: undefined }));
    expect(state).toMatchObject({ progress: undefined, wholeTest: undefined, frames: [], at: undefined });
    expect(state.curves).toEqual([[], []]);
  });

  it('of an earlier step drops what came after it', () => {
    const state = pageAfter(trained({ at: 20 }), labAt(10));
    expect(stepsOf(state.frames)).toEqual([0, 10]);
    expect(stepsOf(state.curves[1])).toEqual([0, 10]);
    expect(state).toMatchObject({ progress: { step: 10, epoch: 0.1 }, wholeTest: undefined, at: undefined });
    expect(pageAfter(trained({ at: 10 }), labAt(10)).at).toBe(10);
  });

  it('of the same step keeps the epoch, though the worker does not know it yet', () => {
    expect(pageAfter(trained(), labAt(20, { epoch: undefined })).progress?.epoch).toBeCloseTo(0.2);
  });

  it('of other samples begins the timeline anew', () => {
    const state = pageAfter(trained({ at: 10, highlight: { sample: 1, run: 0, by: 'tap' } }), samples(6));
    expect(state.samples?.labels).toHaveLength(6);
    expect(state).toMatchObject({ snapshot: undefined, frames: [], at: undefined, highlight: undefined });
    expect(stepsOf(pageAfter(trained(), samples()).frames)).toEqual([0, 10, 20]);
  });

  it('of a few samples waits for all, where a session of all has been opened', () => {
    const all = samples(MNIST.counts.test);
    const opened = pageWith({ sampleSet: 'all', samples: all, frames: [frameAt(3)], at: 3 });
    expect(afterHappening(opened, samples())).toEqual({});
    expect(pageAfter(opened, all)).toMatchObject({ probe: all, frames: [{ step: 3 }], at: 3 });
  });
});

describe('a live change', () => {
  it('of a number changes the experiment as it does the worker’s', () => {
    const state = pageAfter(
      trained(),
      { type: 'setLearningRate', learningRate: 0.01 },
      { type: 'setWarmUp', warmUpSteps: 7 },
    );
    expect(state.experiment).toMatchObject({ learningRate: 0.01, warmUpSteps: 7 });
  });

  it('acts at the step that the worker says, wherever the page believed it would', () => {
    const [softmax, center] = twoRuns().runs.map(({ objective }) => objective);
    if (softmax === undefined || center === undefined) throw new Error('There are two runs.');
    const changed = pageAfter(
      trained(),
      { type: 'setObjective', run: 0, objective: center },
      { type: 'setLearningRate', learningRate: 0.01 },
    );
    expect(changed.experiment.runs[0]).toMatchObject({ before: [{ until: 20 }], objective: center });
    const start = { step: 0, objective: softmax };
    const rates = [
      { step: 0, learningRate: 1e-3 },
      { step: 23, learningRate: 0.01 },
    ];
    const schedules = [[start, { step: 23, objective: center }], [{ step: 0, objective: center }]];
    const before = labAt(22, { schedules: [[start], []], learningRates: rates.slice(0, 1) });
    const told = labAt(23, { schedules, learningRates: rates });
    expect(isSettled(pageAfter(changed, before))).toBe(false);
    const state = pageAfter(changed, before, told);
    expect(isSettled(state)).toBe(true);
    expect(state.experiment).toMatchObject({
      runs: [
        { title: 'Softmax → Softmax + center', before: [{ until: 23, objective: softmax }] },
        twoRuns().runs[1],
      ],
      learningRate: 0.01,
      ratesBefore: [{ until: 23, learningRate: 1e-3 }],
    });
    // What is known already is the identical object: nothing is written or saved for nothing.
    expect(pageAfter(state, told).experiment).toBe(state.experiment);
  });

  it('adds a run, and selects it', () => {
    const [run] = twoRuns().runs;
    if (run === undefined) throw new Error('There are two runs.');
    const state = pageAfter(trained({ checkpoint: checkpointAt(20) }), { type: 'addRun', run });
    expect(state.experiment.runs).toHaveLength(3);
    expect(state.curves).toHaveLength(3);
    expect(state).toMatchObject({ selectedRun: 2 });
  });

  it('removes a run wherever there is something of it', () => {
    const before = trained({
      selectedRun: 1,
      checkpoint: checkpointAt(20),
      evaluations: [undefined, undefined],
    });
    const state = pageAfter(before, { type: 'removeRun', run: 0 });
    expect(state.experiment.runs).toEqual([twoRuns().runs[1]]);
    const { curves, evaluations, lab, snapshot, wholeTest, frames } = state;
    const lists = [curves, evaluations, lab?.schedules, lab?.halted, snapshot?.runs, wholeTest?.runs];
    expect([...lists, ...frames.map(({ runs }) => runs)].map((list) => list?.length)).toEqual(
      new Array(9).fill(1),
    );
    expect(state).toMatchObject({ selectedRun: 0, checkpoint: undefined });
  });

  it('that goes back can’t be made twice', () => {
    const halted = [{ step: 5, reason: 'its loss is no longer a number' }, undefined];
    const state = pageAfter(trained(), labAt(20, { halted, wayBack: 5 }), {
      type: 'goBack',
      learningRate: 5e-4,
    });
    expect(state.lab).toMatchObject({ halted: [undefined, undefined], wayBack: undefined });
    expect(state.experiment.learningRate).toBe(5e-4);
    expect(pageAfter(state, { type: 'goBack' }).experiment.learningRate).toBe(5e-4);
  });
});

it('begins anew with an experiment, but for what holds for the visit', () => {
  const visit = { theme: 'dark', linksZoom: false, scale: 'same', metric: 'cosine', speed: 2 } as const;
  const used = trained({
    ...visit,
    sampleSet: 'all',
    recording: recordingAt(1),
    notices: ['Said.'],
    measuresInView: true,
    selectedRun: 1,
    pinnedClass: 3,
    at: 10,
    threshold: 2,
    failure: 'It is over.',
  });
  const state = { ...used, ...freshState(twoRuns()) };
  expect(state).toMatchObject({ ...visit, sampleSet: 'all', notices: ['Said.'], measuresInView: true });
  expect(state.recording).toBe(used.recording);
  expect(state).toMatchObject({
    ...freshState(twoRuns()),
    sessionId: expect.not.stringMatching(used.sessionId),
  });
  expect([state.selectedRun, state.pinnedClass, state.at, state.threshold, state.failure, state.lab]).toEqual(
    [0, ...new Array(5).fill(undefined)],
  );
});
