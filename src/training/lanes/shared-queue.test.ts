/** The queue by itself: what is written is read, whatever its size, and nothing is lost at its edges. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, type Parcel, SharedQueue, serve } from './shared-queue.ts';

const parcels = fc.record({
  text: fc.string({ unit: 'binary', maxLength: 40 }),
  floats: fc.array(fc.float32Array({ maxLength: 9 }), { maxLength: 3 }),
  bytes: fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 3 }),
});

/** Closed at once, so that the lane's side returns when all is answered. */
function answered(queue: SharedQueue, answer: (task: Parcel) => Parcel): void {
  queue.close();
  serve(queue.memory, answer);
}

const copied = ({ text, floats, bytes }: Parcel): Parcel => ({
  text,
  floats: floats.map((part) => part.slice()),
  bytes: bytes.map((part) => part.slice()),
});

describe('a queue in shared memory', () => {
  it('gives what was put in', () => {
    fc.assert(
      fc.property(fc.array(parcels, { minLength: 1, maxLength: 4 }), (tasks) => {
        const queue = new SharedQueue(tasks.length, Math.max(...tasks.map(bytesOf)));
        const tickets = tasks.map((task) => queue.ask(task) as number);
        answered(queue, copied);
        expect(tickets.map((ticket) => queue.take(ticket))).toEqual(tasks);
      }),
    );
  });

  it('takes no more than it has room for, and takes again what was taken out', () => {
    const task: Parcel = { text: 'x', floats: [], bytes: [] };
    const queue = new SharedQueue(2, 64);
    expect(queue.ask({ text: '', floats: [new Float32Array(64)], bytes: [] })).toBeUndefined();
    expect([queue.ask(task), queue.ask(task), queue.ask(task)]).toEqual([0, 1, undefined]);
    expect(queue.isAnswered(0)).toBe(false);
    expect(queue.wait(0, 2)).toBe(false);
    answered(queue, copied);
    expect(queue.wait(1, 2)).toBe(true);
    expect(queue.take(0)).toEqual(task);
    expect(queue.ask(task)).toBe(2);
  });

  it('says why a task could not be computed, and does the next', () => {
    const queue = new SharedQueue(2, 256);
    const tasks = ['bad', 'good'].map((text): Parcel => ({ text, floats: [], bytes: [] }));
    const [bad = -1, good = -1] = tasks.map((task) => queue.ask(task));
    answered(queue, (task) => {
      if (task.text === 'bad') throw new Error('There is no such network.');
      return task;
    });
    expect(() => queue.take(bad)).toThrow('There is no such network.');
    expect(queue.take(good).text).toBe('good');
  });
});
