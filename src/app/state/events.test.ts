/** The events on the timeline, over all runs shown. */

import { expect, it } from 'vitest';
import { presetNamed } from '../../losses/presets.ts';
import { eventsShown } from './events.ts';
import { labAt, pageWith, recordingAt } from './in-tests.ts';

const softmax = presetNamed('S').objective;
const margin = presetNamed('M').objective;
const state = pageWith({
  lab: labAt(50, {
    learningRates: [
      { step: 0, learningRate: 0.001 },
      { step: 20, learningRate: 0.01 },
      { step: 5, learningRate: 0.1 },
    ],
    schedules: [
      [
        { step: 0, objective: margin },
        { step: 20, objective: softmax },
      ],
      [
        { step: 0, objective: softmax },
        { step: 20, objective: margin },
      ],
    ],
  }),
});
const [first, second] = state.experiment.runs.map(({ title }) => title);

it('come in order of step, those of one step as one, and none is at the beginning', () => {
  expect(eventsShown(state)).toEqual([
    { step: 5, label: 'learning rate 0.1' },
    { step: 20, label: `${first}: Softmax; ${second}: Margin (α₊ 0.5, α₋ 8); learning rate 0.01` },
  ]);
});

it('of a recording are its own switches, without the live learning rates', () => {
  const recording = recordingAt(0, 100);
  const [run] = recording.runs;
  if (run === undefined) throw new Error('There is one run.');
  const [start] = run.schedule;
  if (start === undefined) throw new Error('A schedule begins at step 0.');
  const switched = {
    ...recording,
    runs: [
      {
        ...run,
        schedule: [
          { step: 0, objective: softmax },
          { ...start, step: 30 },
        ],
      },
    ],
  };
  const shown = eventsShown({ ...state, recording: switched, showsRecording: true });
  expect(shown.map(({ step }) => step)).toEqual([30]);
  expect(shown[0]?.label).toMatch(`${second}: `);
});

it('are none before there is a lab', () => {
  expect(eventsShown(pageWith())).toEqual([]);
});

it('the ticks of a slider that is moved are one mark, and a switch is one of its own', () => {
  const moved = (weight: number) => ({ ...margin, metric: { ...margin.metric, weight } });
  const schedules = [
    [
      { step: 0, objective: softmax },
      { step: 20, objective: margin },
      ...[0.9, 0.8, 0.7].map((weight, i) => ({ step: 300 + 40 * i, objective: moved(weight) })),
      { step: 400, objective: softmax },
      { step: 700, objective: margin },
      { step: 900, objective: moved(0.5) },
    ],
  ];
  const events = eventsShown(pageWith({ lab: labAt(1000, { schedules }) }));
  expect(events.map(({ step }) => step)).toEqual([20, 300, 400, 700, 900]);
  expect(events[1]?.label).toContain('0.7');
});
