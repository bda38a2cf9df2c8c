import { expect, it } from 'vitest';
import { type CurvePoint, withPoint } from './history.ts';

const point = (step: number, loss = step): CurvePoint => ({ step, values: { loss } });

it('stays within its bound and keeps the first and the newest point', () => {
  let points: readonly CurvePoint[] = [];
  for (let step = 0; step <= 5000; step++) points = withPoint(points, point(step), 100);
  expect(points.length).toBeLessThanOrEqual(100);
  expect([points[0]?.step, points.at(-1)?.step]).toEqual([0, 5000]);
  const steps = points.map(({ step }) => step);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});

it('merges what is known of one step', () => {
  const points = withPoint([point(3, 0.5)], { step: 3, values: { accuracy: 0.9 } });
  expect(points).toEqual([{ step: 3, values: { loss: 0.5, accuracy: 0.9 } }]);
});

it('passes on to the next point what a dropped one alone knew', () => {
  let points: readonly CurvePoint[] = [];
  for (let step = 0; step < 5; step++) points = withPoint(points, point(step), 4);
  expect(points.map(({ step }) => step)).toEqual([0, 2, 4]);
  points = [point(0), { step: 1, values: { loss: 1, accuracy: 0.25 } }, point(2), point(3)];
  points = withPoint(points, point(4), 4);
  expect(points).toEqual([point(0), { step: 2, values: { loss: 2, accuracy: 0.25 } }, point(4)]);
});

it('starts anew when the step goes back', () => {
  expect(withPoint([point(3), point(9)], point(0))).toEqual([point(0)]);
});
