/** Drawings through the recorded networks: real images of MNIST, traced by a pen. */

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearScores } from '../../measures/decision.ts';
import { decodeRecordedImages } from '../../timeline/recorded-images.ts';
import { decodeRecordedNetworks } from '../../timeline/recorded-networks.ts';
import { decodeRecording, type Recording } from '../../timeline/recording.ts';
import { parameterCountOf } from '../../training/experiment.ts';
import { featuresAsked } from '../../training/lab/asked-features.ts';
import { GRID, inkOf, inkOfPicture, type Stroke } from './ink.ts';
import { mnistForm, mnistFormOfStrokes } from './mnist-form.ts';
import { distanceOfDrawings, drawingInRun, takenFor } from './own-digit.ts';

const SIDE = 28;
const PIXELS = SIDE * SIDE;
const TRACED = 150;

let recording: Recording;
let images: Uint8Array;
let networks: readonly Float32Array[];
beforeAll(async () => {
  await tf.setBackend('cpu');
  recording = await decodeRecording(readFileSync('public/recording.mll'));
  images = await decodeRecordedImages(readFileSync('public/recording-images.mll'), recording);
  networks = await decodeRecordedNetworks(readFileSync('public/recording-networks.mll'), {
    runs: recording.runs.length,
    parameterCount: parameterCountOf({ network: 'compact', data: 'mnist' }),
  });
});

const imageAt = (row: number) => images.subarray(row * PIXELS, (row + 1) * PIXELS);
/** Rows over all classes. */
const someRows = () =>
  Array.from({ length: TRACED }, (_, i) => Math.floor((i * recording.labels.length) / TRACED));

async function placesOf(drawn: Uint8Array, run: number): Promise<Float32Array> {
  const request = { kind: 'features', data: 'mnist', images: drawn } as const;
  const answer = await featuresAsked(
    { ...request, networks: { name: 'compact', parameters: [networks[run] as Float32Array] } },
    undefined,
  );
  return answer.runs[0]?.features ?? new Float32Array(0);
}

function decisionOf(run: number) {
  const last = recording.frames.at(-1)?.runs[run];
  const rule = run < 2 ? ('logits' as const) : ('nearest centre' as const);
  return { rule, agents: last?.agents, centres: last?.centres ?? new Float32Array(20) };
}

/** The dark pixels of each row of an image as strokes, as a pen would go over them. */
function traced(image: Uint8Array): Stroke[] {
  const strokes: Stroke[] = [];
  const isInk = (x: number, y: number) => (image[y * SIDE + x] ?? 0) >= 128;
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      if (!isInk(x, y)) continue;
      const from = x;
      while (x + 1 < SIDE && isInk(x + 1, y)) x++;
      strokes.push([from + 0.5, y + 0.5, x + 0.5, y + 0.5].map((value) => value / SIDE));
    }
  }
  return strokes;
}

describe('the recorded networks', () => {
  it.each([0, 2])('take the recorded samples for what run %i took them for', async (run) => {
    const places = await placesOf(images, run);
    const last = recording.frames.at(-1)?.runs[run];
    const agree = Array.from(last?.predictions ?? [], (predicted, row) =>
      Number(takenFor(places.slice(2 * row, 2 * row + 2), decisionOf(run)) === predicted),
    );
    const share = agree.reduce((sum, each) => sum + each, 0) / agree.length;
    // Half precision moves what lies at an edge.
    expect(share).toBeGreaterThanOrEqual(0.995);
  });

  it.each([0, 2])('take traced test images for what they take the images for, in run %i', async (run) => {
    const rows = someRows();
    const forms = rows.map((row) => mnistFormOfStrokes(traced(imageAt(row)), SIDE) ?? new Uint8Array(PIXELS));
    const drawn = new Uint8Array(PIXELS * rows.length);
    for (const [i, form] of forms.entries()) drawn.set(form, i * PIXELS);
    const places = await placesOf(drawn, run);
    const last = recording.frames.at(-1)?.runs[run];
    const agree = rows.filter(
      (row, i) => takenFor(places.slice(2 * i, 2 * i + 2), decisionOf(run)) === last?.predictions[row],
    );
    expect(agree.length / rows.length).toBeGreaterThan(0.9);
  });
});

describe('MNIST’s form', () => {
  it('of an image of MNIST is nearly that image', () => {
    const differences = someRows().map((row) => {
      const image = imageAt(row);
      const ink = Uint8Array.from({ length: GRID * GRID }, (_, i) => {
        const [x, y] = [i % GRID, Math.floor(i / GRID)];
        return image[Math.floor((y * SIDE) / GRID) * SIDE + Math.floor((x * SIDE) / GRID)] as number;
      });
      const form = mnistForm(ink, GRID, SIDE) as Uint8Array;
      // Its own middle may be a pixel off.
      const shifted = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => dy * SIDE + dx));
      return Math.min(
        ...shifted.map(
          (shift) =>
            form.reduce((sum, value, i) => sum + Math.abs(value - (image[i + shift] ?? 0)), 0) / PIXELS,
        ),
      );
    });
    const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length;
    // An image has a mean ink of 33; what is left is the grey of edges.
    expect(mean).toBeLessThan(9);
  });

  it('has its box of 20 pixels, and its mass in the middle, wherever and however large it was drawn', () => {
    for (const [x, y, size] of [
      [0.1, 0.2, 0.2],
      [0.5, 0.05, 0.45],
    ] as const) {
      const form = mnistForm(
        inkOf([[x, y, x, y + size, x + size / 2, y + size]], 1 / 28),
        GRID,
        SIDE,
      ) as Uint8Array;
      const rows = Array.from({ length: SIDE }, (_, row) =>
        form.subarray(row * SIDE, (row + 1) * SIDE).some((value) => value > 60),
      );
      expect(rows.lastIndexOf(true) - rows.indexOf(true) + 1).toBeGreaterThanOrEqual(19);
      expect(rows.lastIndexOf(true) - rows.indexOf(true) + 1).toBeLessThanOrEqual(20);
      const mass = form.reduce((sum, value) => sum + value, 0);
      const middle = form.reduce((sum, value, i) => sum + value * ((i % SIDE) + 0.5), 0) / mass;
      expect(Math.abs(middle - SIDE / 2)).toBeLessThanOrEqual(0.5);
    }
  });

  it('has the ink of MNIST’s images, however large it was drawn', () => {
    const means = [0.1, 0.3, 0.8].map((size) => {
      const zero = Array.from({ length: 41 }, (_, i) => [
        0.5 + 0.3 * size * Math.cos((i * Math.PI) / 20),
        0.5 + 0.5 * size * Math.sin((i * Math.PI) / 20),
      ]).flat();
      const form = mnistFormOfStrokes([zero], SIDE) as Uint8Array;
      return form.reduce((sum, value) => sum + value, 0) / PIXELS;
    });
    for (const mean of means) expect(Math.abs(mean - 33)).toBeLessThan(9);
  });

  it('of nothing is nothing', () => {
    expect(mnistFormOfStrokes([], SIDE)).toBeUndefined();
  });
});

it('pictures are ink on whatever ground they have', () => {
  const side = 8;
  const picture = (ground: number, ink: number) => {
    const rgba = new Uint8ClampedArray(4 * side * side);
    for (let i = 0; i < side * side; i++)
      rgba.fill(i === 27 ? ink : ground, 4 * i, 4 * i + 3).fill(255, 4 * i + 3, 4 * i + 4);
    return inkOfPicture(rgba, side);
  };
  for (const ink of [picture(255, 0), picture(0, 200), picture(240, 30)]) {
    expect(ink[27]).toBe(255);
    expect(ink.filter((value) => value > 0)).toHaveLength(1);
  }
  // Transparent is paper.
  expect(Math.max(...inkOfPicture(new Uint8ClampedArray(4 * side * side), side))).toBe(0);
});

it('a run says of a drawing what it is, how far from its centre and the next, and what is near', () => {
  const decision = {
    rule: 'nearest centre',
    agents: undefined,
    centres: Float32Array.of(0, 0, 4, 0, 0, 9),
  } as const;
  const features = Float32Array.of(1, 0, 3.5, 0, 9, 9);
  expect(drawingInRun(Float32Array.of(3, 0), decision, features)).toEqual({
    place: Float32Array.of(3, 0),
    predicted: 1,
    distance: 1,
    rival: 0,
    rivalDistance: 3,
    neighbours: [1, 0, 2],
  });
  expect(takenFor(Float32Array.of(1, 1), { ...decision, rule: 'logits' })).toBe(-1);
  expect(linearScores('logits', { agents: undefined, centres: decision.centres, dim: 2 })).toBeUndefined();
});

it('drawings are compared as pairs are', () => {
  const [a, b] = [Float32Array.of(3, 0), Float32Array.of(0, 4)];
  expect(distanceOfDrawings(a, b, 'euclidean')).toBe(5);
  expect(distanceOfDrawings(a, b, 'cosine')).toBe(1);
  expect(distanceOfDrawings(a, Float32Array.of(6, 0), 'cosine')).toBeCloseTo(0);
});
