/** What the panels show of the recording where it is not of what is set, and what they say of it. */

import { describe, expect, it } from 'vitest';
import { withTerm } from '../../losses/objective.ts';
import { LETTER_PRESETS, presetNamed } from '../../losses/presets.ts';
import { startingSchedule } from '../../losses/schedule.ts';
import type { Recording } from '../../timeline/recording.ts';
import { pageWith, recordingAt } from './in-tests.ts';
import { recordedPosition, recordedWith } from './recorded.ts';
import { afterHappening } from './store.ts';

const recording: Recording = {
  ...recordingAt(0, 50),
  origin: { seed: 1, network: 'compact', learningRate: 1e-3, warmUpSteps: 468 },
  runs: ['S', 'S+C', 'C+M', 'M'].map((name) => ({
    title: presetNamed(name).title,
    schedule: startingSchedule(presetNamed(name).objective, 468),
  })),
};
const shown = pageWith({ recording, showsRecording: true });
const softmax = presetNamed('S').objective;
const weak = withTerm(softmax, 'centre', { weight: 0.03 });
const set = (state: typeof shown, objective: typeof softmax) => ({
  ...state,
  ...afterHappening(state, { type: 'setObjective', run: 0, objective }),
});
const withRun = (objective: typeof softmax) => ({
  ...shown,
  experiment: { ...shown.experiment, runs: [{ title: 'A', objective }] },
});

describe('the recorded run of a panel', () => {
  it('stays when a slider is moved, and is another where that one was recorded', () => {
    const moved = set(shown, weak);
    expect(recordedPosition(moved, 0)).toBe(0);
    const margin = set(moved, presetNamed('M').objective);
    expect(recordedPosition(margin, 0)).toBe(3);
    expect(recordedPosition(set(margin, weak), 0)).toBe(3);
    expect(recordedPosition(set(margin, weak), 1)).toBe(1);
  });

  it('is the one with the most of the terms that a link says', () => {
    expect(LETTER_PRESETS.map(({ objective }) => recordedPosition(withRun(objective), 0))).toEqual([
      0, 1, 0, 1, 2, 3,
    ]);
    expect(recordedPosition(withRun(presetNamed('arcface').objective), 0)).toBe(0);
  });

  it('is said with what it was recorded with, where that is not what is set', () => {
    expect(recordedWith(shown, 0)).toBeUndefined();
    expect(recordedWith(set(shown, weak), 0)).toBe('Recorded with seed 1, softmax.');
    const wide = withTerm(presetNamed('M').objective, 'metric', { knobs: { alphaPlus: 1, alphaMinus: 8 } });
    expect(recordedWith(withRun(wide), 0)).toBe('Recorded with seed 1, margin (α₊ 0.5, α₋ 8).');
    const { experiment } = shown;
    const other = { seed: 2, network: 'lenets++', heldOut: [9], learningRate: 0.01, warmUpSteps: 3 } as const;
    expect(recordedWith({ ...shown, experiment: { ...experiment, seed: 2 } }, 1)).toBe(
      'Recorded with seed 1, softmax + center.',
    );
    expect(recordedWith({ ...shown, experiment: { ...experiment, ...other } }, 0)).toBe(
      'Recorded with seed 1, softmax, network compact, learning rate 0.001, all digits.',
    );
    const switched = withRun(presetNamed('M').objective);
    const runs = switched.experiment.runs.map((spec) => ({
      ...spec,
      before: [{ until: 9, objective: softmax }],
    }));
    expect(recordedWith({ ...switched, experiment: { ...switched.experiment, runs } }, 0)).toBe(
      'Recorded with seed 1, margin.',
    );
  });
});
