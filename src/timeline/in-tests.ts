/** A made-up recording, for tests of what is kept in files. */

import { createRandom } from '../data/random.ts';
import { presetNamed } from '../losses/presets.ts';
import { startingSchedule } from '../losses/schedule.ts';
import { COARSE, quantise } from './quantise.ts';
import type { Recording } from './recording.ts';
import type { Frame } from './timeline.ts';

const random = createRandom(1, 'frames');
const SAMPLES = 30;

/** Normal numbers, the same at every run of a test. */
export function floats(count: number, size = 1): Float32Array {
  return Float32Array.from({ length: count }, () => size * random.normal());
}

/** Two runs that grow; the second joins at the third frame. */
const frames: readonly Frame[] = Array.from({ length: 6 }, (_, index) => ({
  step: index * index,
  runs: [0, 1].map((run) =>
    run === 1 && index < 2
      ? undefined
      : {
          points: quantise(floats(2 * SAMPLES, 1 + index), COARSE),
          centres: floats(20),
          means: floats(20),
          // A frame from before agents were kept.
          agents: index === 0 ? undefined : floats(20),
          predictions: Uint8Array.from({ length: SAMPLES }, () => Math.floor(10 * random.uniform())),
          measures: { D1: random.uniform(), accuracy: random.uniform() },
        },
  ),
}));

export const recording: Recording = {
  origin: { command: 'npm run record', seed: 1 },
  data: 'mnist',
  runs: (['S', 'M'] as const).map((name) => ({
    title: presetNamed(name).title,
    schedule: startingSchedule(presetNamed(name).objective, 20),
  })),
  labels: Uint8Array.from({ length: SAMPLES }, (_, i) => i % 10),
  indices: Uint32Array.from({ length: SAMPLES }, (_, i) => 3 * i),
  frames,
};
