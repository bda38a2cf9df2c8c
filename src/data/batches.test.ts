import { describe, expect, it } from 'vitest';
import { BatchOrder, epochOrder } from './batches.ts';
import { balancedProbe } from './probe.ts';
import { createRandom } from './random.ts';

const sorted = (values: Uint32Array) => Array.from(values).sort((a, b) => a - b);

describe('batch order', () => {
  const options = { seed: 3, count: 100, shardSize: 30 };

  it.each([0, 1, 7])('visits every sample once in epoch %i', (epoch) => {
    expect(sorted(epochOrder({ ...options, epoch }))).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('goes shard by shard in the first epoch, shuffled within each', () => {
    const order = epochOrder({ ...options, epoch: 0 });
    for (const [shard, end] of [30, 60, 90, 100].entries()) {
      const part = order.subarray(shard * 30, end);
      expect(sorted(part)).toEqual(Array.from({ length: part.length }, (_, i) => shard * 30 + i));
      expect(Array.from(part)).not.toEqual(sorted(part));
    }
    expect(
      epochOrder({ ...options, epoch: 1 })
        .subarray(0, 30)
        .some((index) => index >= 30),
    ).toBe(true);
  });

  it('is a function of seed and step alone', () => {
    const first = new BatchOrder({ ...options, batchSize: 16 });
    const second = new BatchOrder({ ...options, batchSize: 16 });
    const steps = [0, 5, 6, 13];
    const expected = steps.map((step) => Array.from(first.indicesOf(step)));
    // Asked for backwards, and with other epochs in between.
    const backwards = [...steps].reverse().map((step) => Array.from(second.indicesOf(step)));
    expect(backwards.reverse()).toEqual(expected);
    expect(first.stepsPerEpoch).toBe(6);
    const other = new BatchOrder({ ...options, seed: 4, batchSize: 16 });
    expect(Array.from(other.indicesOf(0))).not.toEqual(expected[0]);
  });

  it('leaves out samples that are not kept', () => {
    const order = epochOrder({ ...options, epoch: 0, keep: (index) => index % 10 !== 8 });
    expect(order).toHaveLength(90);
    expect(order.some((index) => index % 10 === 8)).toBe(false);
  });
});

describe('random numbers', () => {
  it('repeat with seed and stream, and differ with either', () => {
    const draw = (seed: number, stream: string) => {
      const random = createRandom(seed, stream);
      return [random.uniform(), random.normal(), random.int(1000)];
    };
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  });

  it('have the moments of their distributions', () => {
    const random = createRandom(7, 'moments');
    const n = 200_000;
    let uniform = 0;
    let normal = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      uniform += random.uniform();
      const z = random.normal();
      normal += z;
      squares += z * z;
    }
    expect(uniform / n).toBeCloseTo(0.5, 2);
    expect(normal / n).toBeCloseTo(0, 1);
    expect(squares / n).toBeCloseTo(1, 1);
  });

  it.each([0, -1, 1.5, 2 ** 32, Number.NaN])('refuse the seed %d', (seed) => {
    expect(() => createRandom(seed, 'a')).toThrow(RangeError);
  });
});

it('a probe set holds the first samples of each class, in order', () => {
  const labels = Uint8Array.from({ length: 50 }, (_, i) => (i * 3) % 10);
  const probe = balancedProbe(labels, { perClass: 2, classes: 10 });
  expect(Array.from(probe)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  // All of a class that has fewer.
  expect(balancedProbe(labels, { perClass: 6, classes: 10 })).toHaveLength(50);
});
