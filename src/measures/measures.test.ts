import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../data/random.ts';
import { evaluate } from './evaluate.ts';
import { computed, MeasureContext, type Measured, valueText } from './measure.ts';
import { MEASURES, measureNamed, SNAPSHOT_MEASURES } from './measures.ts';

const CLASSES = 10;
const HELD_OUT = [8, 9];

/** Classes round a circle, 40 samples each; centres and agents stand where the classes are. */
function ring({ radius, noise }: { readonly radius: number; readonly noise: number }): Measured {
  const random = createRandom(5, 'ring');
  const directions = Float32Array.from({ length: 2 * CLASSES }, (_, i) => {
    const angle = (2 * Math.PI * (i >> 1)) / CLASSES;
    return i & 1 ? Math.sin(angle) : Math.cos(angle);
  });
  const labels = Uint8Array.from({ length: 40 * CLASSES }, (_, i) => i % CLASSES);
  const centres = directions.map((value) => radius * value);
  return {
    features: Float32Array.from({ length: 2 * labels.length }, (_, i) => {
      return (centres[i % (2 * CLASSES)] as number) + noise * random.normal();
    }),
    labels,
    dim: 2,
    classes: CLASSES,
    centres,
    trainingMeans: centres,
    agents: Float32Array.from({ length: 2 * CLASSES }, (_, i) => {
      return directions[2 * (i % CLASSES) + Math.floor(i / CLASSES)] as number;
    }),
    rule: 'logits',
    heldOut: HELD_OUT,
    margins: { inside: 1, outside: 3 },
    pairs: { count: 4000, seed: 1 },
  };
}
const good = ring({ radius: 10, noise: 0.5 });
const poor = ring({ radius: 4, noise: 1.5 });
const ofGood = evaluate(good);
const ofPoor = evaluate(poor);
const SCALE = 4;
const ofScaled = evaluate({
  ...good,
  features: good.features.map((value) => SCALE * value),
  centres: good.centres.map((value) => SCALE * value),
  trainingMeans: good.centres.map((value) => SCALE * value),
  margins: { inside: SCALE, outside: 3 * SCALE },
});

describe('the records of measures', () => {
  it('have names of their own, and all their words', () => {
    expect(new Set(MEASURES.map(({ name }) => name)).size).toBe(MEASURES.length);
    expect(new Set(MEASURES.map(({ title }) => title)).size).toBe(MEASURES.length);
    for (const { name, title, sentence, digits, when, shown } of MEASURES) {
      expect(name).toMatch(/^[A-Za-z0-9]+$/);
      // Files hold names up to this length.
      expect(name.length).toBeLessThanOrEqual(40);
      expect(title).not.toBe('');
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(Number.isInteger(digits)).toBe(true);
      // Panels, curves and what is spoken have their numbers from snapshots.
      const isOften = [shown?.panel, shown?.chart, shown?.summary].some((place) => place !== undefined);
      if (isOften) expect(when).toBe('snapshot');
    }
    expect(measureNamed('D1').title).toBe('D1');
    expect(() => measureNamed('D7')).toThrow(RangeError);
  });

  it.each(MEASURES)('$name has a formula that KaTeX accepts', ({ tex }) => {
    expect(katex.renderToString(tex, { throwOnError: true, output: 'mathml' })).toContain('<math');
  });

  it('are all computed, in their order, where everything is known', () => {
    expect(Object.keys(ofGood)).toEqual(MEASURES.map(({ name }) => name));
    const undefinedHere = Object.entries(ofGood).filter(([, value]) => !Number.isFinite(value));
    expect(undefinedHere).toEqual([]);
  });

  it.each(MEASURES.filter(({ better }) => better !== undefined))(
    '$name is better on a better sample',
    ({ name, better }) => {
      const difference = (ofGood[name] ?? Number.NaN) - (ofPoor[name] ?? Number.NaN);
      expect(better === 'higher' ? difference : -difference).toBeGreaterThan(0);
    },
  );

  it.each(MEASURES)('$name says whether its scale is arbitrary', ({ name, scale }) => {
    const growth = (ofScaled[name] ?? Number.NaN) / (ofGood[name] ?? Number.NaN);
    if (scale === 'arbitrary') expect(growth).toBeGreaterThan(1.5);
    else expect(ofScaled[name]).toBeCloseTo(ofGood[name] ?? Number.NaN, 3);
  });

  it('of a snapshot are those of an evaluation', () => {
    const context = new MeasureContext(good);
    const found = computed(SNAPSHOT_MEASURES, context);
    expect(Object.keys(found)).toEqual(SNAPSHOT_MEASURES.map(({ name }) => name));
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining([
        ...['accuracy', 'accuracyByLogits', 'accuracyByCosine', 'accuracyByCentre'],
        ...['D1', 'D2', 'D3', 'D2OverD1', 'D1OnCentres', 'D2OnCentres', 'D3OnCentres'],
      ]),
    );
    expect(ofGood).toMatchObject(found);
  });
});

describe('measures', () => {
  it('that need what is not known are left out', () => {
    const { agents, rule, trainingMeans, margins, ...rest } = good;
    const found = evaluate({ ...rest, heldOut: [] });
    const missing = MEASURES.map(({ name }) => name).filter((name) => found[name] === undefined);
    expect(missing.filter((name) => !name.startsWith('unseen'))).toEqual([
      ...['accuracy', 'accuracyByLogits', 'accuracyByCosine', 'accuracyByTrainingMean'],
      ...['outsideAlphaPlus', 'insideAlphaMinus', 'openSetAUROC'],
    ]);
    expect(evaluate({ ...rest, predictions: good.labels }).accuracy).toBe(1);
  });

  it('take the accuracy of the run’s own rule', () => {
    expect(ofPoor.accuracy).toBe(ofPoor.accuracyByLogits);
    // Agents of different lengths: logits go wrong, cosines do not.
    const agents = (poor.agents as Float32Array).map((value, i) => value * (1 + (i % CLASSES)));
    const byCosine = evaluate({ ...poor, agents, rule: 'cosine' });
    expect(byCosine.accuracy).toBe(byCosine.accuracyByCosine);
    expect(byCosine.accuracyByCosine).toBe(ofPoor.accuracyByCosine);
    expect(byCosine.accuracyByLogits).toBeLessThan(byCosine.accuracy ?? 0);
    const byCentre = evaluate({ ...poor, rule: 'nearest centre' });
    expect(byCentre.accuracy).toBe(byCentre.accuracyByCentre);
  });

  it('are over the seen classes alone, but for those that name the unseen ones', () => {
    const isSeen = (i: number) => !HELD_OUT.includes(poor.labels[i] as number);
    const moved = evaluate({
      ...poor,
      features: poor.features.map((value, i) => (isSeen(i >> 1) ? value : 3 * value + 1)),
    });
    for (const { name } of MEASURES) {
      if (name.startsWith('unseen') || name === 'openSetAUROC') continue;
      expect(moved[name], name).toBe(ofPoor[name]);
    }
    expect(moved.unseenEuclideanThreshold).not.toBe(ofPoor.unseenEuclideanThreshold);
    expect(moved.openSetAUROC).not.toBe(ofPoor.openSetAUROC);
  });

  it.each([2, 3, 26])('know no number of classes: %d are as good as ten', (classes) => {
    const labels = Uint8Array.from({ length: 20 * classes }, (_, i) => i % classes);
    const place = (i: number) => 10 * (Math.floor(i / 2) % classes) * (i & 1 ? 1 : 2);
    const centres = Float32Array.from({ length: 2 * classes }, (_, i) => place(i));
    const random = createRandom(1, 'classes');
    const features = Float32Array.from({ length: 2 * labels.length }, (_, i) => place(i) + random.normal());
    const found = evaluate({ features, labels, dim: 2, classes, centres, heldOut: [] });
    expect(found.accuracyByCentre).toBe(1);
    expect(found.silhouette).toBeGreaterThan(0.8);
  });

  it.each([
    ['one class', Uint8Array.from({ length: 6 }, () => 3), []],
    ['no sample', new Uint8Array(0), []],
    ['no seen sample', Uint8Array.from({ length: 6 }, () => 9), HELD_OUT],
    ['no unseen sample', Uint8Array.from({ length: 6 }, (_, i) => i % 2), HELD_OUT],
  ])('of %s are numbers or NaN, and never an error', (_, labels, heldOut) => {
    const features = good.features.slice(0, 2 * labels.length);
    const found = evaluate({ ...good, features, labels, heldOut });
    for (const value of Object.values(found)) expect(value).not.toBe(Number.POSITIVE_INFINITY);
    expect(found.euclideanAUC === undefined || Number.isNaN(found.euclideanAUC)).toBe(
      !labels.includes(0) || labels.length === 0,
    );
  });
});

it('a value is shown with its digits, where the scale is arbitrary with four wherever the point is', () => {
  expect(valueText(measureNamed('accuracy'), 0.98765)).toBe('0.9877');
  expect(valueText(measureNamed('calinskiHarabasz'), 20144.3)).toBe('20144');
  expect(valueText(measureNamed('D1'), 0.00123456)).toBe('0.001235');
  expect(valueText(measureNamed('D1'), undefined)).toBe('–');
});
