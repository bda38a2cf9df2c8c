/** Which action a key stands for, by the page's state. */

import { describe, expect, it } from 'vitest';
import { ACTIONS, actionOfKey, KEY_ACTIONS } from './actions.ts';
import { frameAt, labAt, pageWith } from './in-tests.ts';

const training = pageWith({ lab: labAt(5) });
const paused = pageWith({ lab: labAt(5, { activity: 'paused' }) });
const nameOf = (key: string, state = paused) => actionOfKey(key, state)?.name;

describe('a key', () => {
  it('trains or pauses, whichever applies', () => {
    expect([nameOf(' ', paused), nameOf(' ', training)]).toEqual(['Train', 'Pause']);
    expect([nameOf('s', paused), nameOf('s', training)]).toEqual(['Step', undefined]);
  });

  it('does not train where the lab has failed', () => {
    for (const key of [' ', 's']) expect(nameOf(key, { ...paused, failure: 'It is over.' })).toBeUndefined();
  });

  it('of a letter acts in either case; a named key only as it is written', () => {
    expect([nameOf('S'), nameOf('l', { ...paused, at: 3 }), nameOf('L', { ...paused, at: 3 })]).toEqual([
      'Step',
      'Live',
      'Live',
    ]);
    const past = pageWith({ frames: [frameAt(0), frameAt(10)] });
    expect([nameOf('Home', past), nameOf('home', past)]).toEqual(['First frame', undefined]);
  });

  it('moves through time only where there is a past', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'Home', 'p'];
    const names = (frames: number[]) =>
      keys.map((key) => nameOf(key, pageWith({ frames: frames.map((step) => frameAt(step)) })));
    expect(names([0])).toEqual([undefined, undefined, undefined, undefined]);
    expect(names([0, 10])).toEqual(['A frame back', 'A frame forward', 'First frame', 'Play or stop']);
  });

  it('lights the class of its number', () => {
    expect([nameOf('0'), nameOf('9')]).toEqual(['Light class 0', 'Light class 9']);
  });

  it('lets go only of what is lit or joined', () => {
    expect(nameOf('Escape')).toBeUndefined();
    // Class 0 is a class.
    const lit = [
      { pinnedClass: 0 },
      { litClass: 0 },
      { showsWrongPairs: true },
      { confused: { label: 7, predicted: 1 } },
      { highlight: { sample: 0, run: 0, by: 'tap' as const } },
    ];
    for (const part of lit) {
      expect(nameOf('Escape', { ...paused, ...part })).toBe('Let go');
    }
  });

  it('without a meaning has no action', () => {
    for (const key of ['x', 'Enter', '']) expect(nameOf(key)).toBeUndefined();
  });
});

it('has one action at most in every state', () => {
  const all = [...ACTIONS, ...KEY_ACTIONS];
  const frames = [frameAt(0), frameAt(10)];
  for (const page of [training, paused, { ...paused, frames, at: 3, pinnedClass: 1, failure: 'No.' }]) {
    const keys = all.filter(({ applies }) => applies(page)).flatMap(({ shortcut }) => shortcut?.key ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  }
});
