import { expect, it } from 'vitest';
import { quantise } from '../../timeline/quantise.ts';
import type { Frame } from '../../timeline/timeline.ts';
import { pathsOf } from './paths.ts';

/** Two samples; the second moves along x, and is taken for 3, 3, 5, 3. */
const frames: readonly Frame[] = [3, 3, 5, 3].map((prediction, i) => ({
  step: 10 * i,
  runs: [
    undefined,
    {
      points: quantise(Float32Array.of(0, 0, i, 2)),
      centres: new Float32Array(20),
      means: new Float32Array(20),
      predictions: Uint8Array.of(0, prediction),
      measures: {},
    },
  ],
}));
const inputs = {
  frames,
  position: 1,
  rows: [1],
  labels: Uint8Array.of(0, 3),
  points: Float32Array.of(0, 0, 2.5, 2),
  isUnitCircle: false,
  dim: 2,
  toPlane: (places: Float32Array) => places,
};

it('a path goes from the first frame to the place shown, and marks where the prediction changed', () => {
  const [path] = pathsOf({ ...inputs, step: 25 });
  expect(path?.label).toBe(3);
  expect(Array.from(path?.places ?? [], (value) => Math.round(100 * value) / 100)).toEqual([
    0, 2, 1, 2, 2, 2, 2.5, 2,
  ]);
  expect(path?.changes).toEqual([{ moment: 2, to: 5 }]);
});

it('at the end both changes are marked; a sample that is not shown, and a run that was not there, have none', () => {
  expect(pathsOf({ ...inputs, step: 100 })[0]?.changes).toEqual([
    { moment: 2, to: 5 },
    { moment: 3, to: 3 },
  ]);
  expect(pathsOf({ ...inputs, step: 100, rows: [-1] })).toEqual([]);
  expect(pathsOf({ ...inputs, step: 100, position: 0 })[0]?.changes).toEqual([]);
});

it('on the unit circle all places but the last are directions', () => {
  const [path] = pathsOf({ ...inputs, step: 100, isUnitCircle: true });
  const places = Array.from(path?.places ?? []);
  for (let i = 0; i < 4; i++)
    expect(Math.hypot(places[2 * i] as number, places[2 * i + 1] as number)).toBeCloseTo(1, 5);
});
