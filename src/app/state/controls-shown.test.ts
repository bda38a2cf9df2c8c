/** What the controls show, and say, while the timeline stands in the past. */

import { expect, it } from 'vitest';
import { presetNamed } from '../../losses/presets.ts';
import { learningRateInControls, objectiveInControls, pastNote } from './controls-shown.ts';
import { frameAt, labAt, pageWith, progressAt, recordingAt } from './in-tests.ts';
import { switchesText } from './run-title.ts';
import { afterHappening } from './store.ts';

const softmax = presetNamed('S').objective;
const margin = presetNamed('M').objective;
const center = presetNamed('S+C').objective;
const learningRates = [
  { step: 0, learningRate: 1e-3 },
  { step: 30, learningRate: 5e-4 },
];
const schedules = [
  [
    { step: 0, objective: softmax },
    { step: 30, objective: margin },
  ],
  [{ step: 0, objective: center }],
];
const opened = pageWith({ frames: [frameAt(0), frameAt(20), frameAt(3270)], progress: progressAt(3270) });
const live = { ...opened, ...afterHappening(opened, labAt(3270, { schedules, learningRates })) };
live.experiment = {
  ...live.experiment,
  learningRate: 5e-4,
  runs: live.experiment.runs.map((spec, run) => (run === 0 ? { ...spec, objective: margin } : spec)),
};
const past = { ...live, at: 20 };

it('are set live, or as at the step shown, and say at which step a change acts', () => {
  expect([objectiveInControls(live, 0), learningRateInControls(live)]).toEqual([margin, 5e-4]);
  expect([pastNote(live, 0), pastNote(live, 'learningRate')]).toEqual([undefined, undefined]);
  expect([objectiveInControls(past, 0), learningRateInControls(past)]).toEqual([softmax, 1e-3]);
  expect(pastNote(past, 0)).toBe('As at step 20. A change acts at step 3,270.');
});

it('show what is set once it is touched there, for that control alone, until the timeline moves', () => {
  const change = { type: 'setObjective', run: 0, objective: center } as const;
  const playing = { ...past, isPlaying: true };
  const touched = { ...playing, ...afterHappening(playing, change) };
  expect(touched.isPlaying).toBe(false);
  expect(objectiveInControls(touched, 0)).toEqual(center);
  expect(pastNote(touched, 0)).toBe('Acts at step 3,270. The plot stays at step 20.');
  expect(learningRateInControls(touched)).toBe(1e-3);
  const both = { ...touched, ...afterHappening(touched, { type: 'setLearningRate', learningRate: 2e-3 }) };
  expect([objectiveInControls(both, 0), learningRateInControls(both)]).toEqual([center, 2e-3]);
  expect(pastNote(both, 1)).toContain('As at step 20.');
  const moved = { ...both, at: 19 };
  expect([objectiveInControls(moved, 0), learningRateInControls(moved)]).toEqual([softmax, 1e-3]);
});

it('say the step at which captions and links then have the change', () => {
  const change = { type: 'setObjective', run: 0, objective: center } as const;
  const touched = { ...past, ...afterHappening(past, change) };
  const [spec] = touched.experiment.runs;
  expect(pastNote(past, 0)).toContain('A change acts at step 3,270.');
  expect(spec && switchesText(spec)).toMatch(/ → Softmax \+ center at step 3,270$/);
  expect(spec?.before?.at(-1)?.until).toBe(3270);
});

it('show what is set while the recording is shown', () => {
  const recorded = { ...past, recording: recordingAt(0, 50), showsRecording: true };
  expect(objectiveInControls(recorded, 0)).toEqual(margin);
  expect(pastNote(recorded, 0)).toBeUndefined();
});
