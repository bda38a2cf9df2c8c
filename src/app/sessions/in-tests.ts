/** A made-up session, for tests. */

import { runOf } from '../../losses/presets.ts';
import { floats, recording } from '../../timeline/in-tests.ts';
import type { Session } from './session-file.ts';

/** Two runs after a few steps, with frames; each has so many parameters. */
export function sessionOf(count: number): Session {
  return {
    checkpoint: {
      experiment: {
        data: 'mnist',
        network: 'compact',
        backend: 'auto',
        seed: 7,
        learningRate: 1e-3,
        warmUpSteps: 20,
        heldOut: [],
        runs: [runOf('S'), runOf('M')],
      },
      step: 25,
      learningRates: [{ step: 0, learningRate: 1e-3 }],
      runs: recording.runs.map(({ schedule }) => ({
        schedule,
        parameters: floats(count),
        firstMoments: floats(count),
        secondMoments: floats(count),
        centres: floats(20),
      })),
    },
    labels: recording.labels,
    indices: recording.indices,
    curves: [
      [
        { step: 3, values: { total: 1.5 } },
        { step: 5, values: { total: 1.25, D1: 2 } },
      ],
      [],
    ],
    frames: recording.frames,
  };
}
