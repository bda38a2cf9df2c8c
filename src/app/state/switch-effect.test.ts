import { expect, it } from 'vitest';
import { presetNamed } from '../../losses/presets.ts';
import { quantise } from '../../timeline/quantise.ts';
import type { Frame } from '../../timeline/timeline.ts';
import { labAt, pageWith, samples } from './in-tests.ts';
import type { PageState } from './store.ts';
import { switchEffect } from './switch-effect.ts';

const [softmax, margin] = [presetNamed('S').objective, presetNamed('M').objective];
const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 2);
const probe = { ...samples(40), labels };

/** Two classes on the x axis, `apart` from each other; D1 as measured. */
const frame = (step: number, apart: number, D1: number): Frame => ({
  step,
  runs: [
    {
      points: quantise(
        Float32Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? ((i / 2) % 2) * apart + (i % 8) / 8 : 0)),
      ),
      centres: new Float32Array(20),
      means: new Float32Array(20),
      predictions: new Uint8Array(40),
      measures: { D1, D2OverD1: 10 / D1 },
    },
  ],
});

const at = (step: number, frames: readonly Frame[], part: Partial<PageState> = {}) =>
  pageWith({
    frames,
    probe,
    samples: probe,
    lab: labAt(step, {
      schedules: [
        [
          { step: 0, objective: softmax },
          { step: 100, objective: margin },
        ],
      ],
    }),
    ...part,
  });

it('before a switch there is nothing to say, and then how long it takes', () => {
  expect(switchEffect(at(90, [frame(0, 0, 20), frame(90, 0, 16)]), 0)).toBeUndefined();
  expect(switchEffect(at(160, [frame(90, 0, 16), frame(160, 1, 9)]), 0)).toBe(
    'What margin does: measured in 140 steps.',
  );
});

it('it is measured after two hundred steps, with the reason where that is what was measured', () => {
  const frames = [frame(90, 0, 16.2), frame(160, 1, 9), frame(305, 9, 2.1), frame(500, 9, 1)];
  expect(switchEffect(at(500, frames), 0)).toBe(
    'D1 16.2 → 2.1, D2/D1 0.62 → 4.8, EER 0.51 → 0.00: margin counts distance, so the arms fold.',
  );
  const grown = [frame(90, 9, 1), frame(305, 9, 2)];
  expect(switchEffect(at(305, grown), 0)).toBe('D1 1.0 → 2.0, D2/D1 10.0 → 5.0, EER 0.00 → 0.00.');
});

it('no number is invented: without a frame of before there is none, and none across a further switch', () => {
  expect(switchEffect(at(500, [frame(305, 9, 2)]), 0)).toBeUndefined();
  const schedules = [
    [
      { step: 0, objective: softmax },
      { step: 100, objective: margin },
      { step: 200, objective: softmax },
    ],
  ];
  const frames = [frame(90, 0, 16), frame(190, 1, 9), frame(305, 9, 2)];
  const past = at(305, frames, { lab: labAt(305, { schedules }), at: 190 });
  expect(switchEffect(past, 0)).toBeUndefined();
});
