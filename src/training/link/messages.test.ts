/** The worker's door: every command of the page passes, nothing else does. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withTerm } from '../../losses/objective.ts';
import { runOf } from '../../losses/presets.ts';
import { parameterCountOf } from '../experiment.ts';
import { experimentOf } from '../in-tests.ts';
import { MessageError, parseMessage } from './messages.ts';
import type { Checkpoint, Command } from './protocol.ts';

const experiment = experimentOf([runOf('S')], { warmUpSteps: 468, heldOut: [8, 9] });
const { objective } = runOf('M');
const moments = () => new Float32Array(parameterCountOf(experiment));
const resume: Checkpoint = {
  experiment,
  step: 12,
  learningRates: [{ step: 0, learningRate: 1e-3 }],
  runs: [
    {
      schedule: [{ step: 0, objective: runOf('S').objective }],
      parameters: moments(),
      firstMoments: moments(),
      secondMoments: moments(),
      centres: new Float32Array(20),
      halted: { step: 12, reason: 'its loss is no longer a number' },
    },
  ],
};
const open = { type: 'open', experiment, dataUrl: 'http://localhost/data/', fetchNow: true } as const;

const COMMANDS: readonly Command[] = [
  open,
  { ...open, resume, preferred: 'wasm' },
  { ...open, resume: { ...resume, lastGood: resume } },
  { ...open, resume: undefined, preferred: undefined },
  { type: 'train' },
  { type: 'pause' },
  { type: 'step' },
  { type: 'reset', experiment },
  { type: 'setObjective', run: 3, objective },
  { type: 'setLearningRate', learningRate: 1e-5 },
  { type: 'addRun', run: runOf('M') },
  { type: 'removeRun', run: 0 },
  { type: 'setWarmUp', warmUpSteps: 0 },
  { type: 'retryData' },
  { type: 'showSamples', samples: 'all' },
  { type: 'goBack', learningRate: undefined },
  { type: 'goBack', learningRate: 5e-4 },
  { type: 'snapshotAll' },
  { type: 'checkpoint' },
];

describe('a message', () => {
  it.each(COMMANDS.map((command) => [command.type, command] as const))('%s passes as it is', (_, command) => {
    expect(parseMessage({ id: 7, command })).toEqual({ id: 7, command });
  });

  it('that asks whether anyone is there passes', () => {
    expect(parseMessage('ping')).toBe('ping');
  });

  it.each([
    [
      'a weight out of range',
      { type: 'setObjective', run: 0, objective: withTerm(objective, 'metric', { weight: 3 }) },
    ],
    ['a run that no lab has', { type: 'removeRun', run: 4 }],
    ['a rate that is no number', { type: 'setLearningRate', learningRate: Number.NaN }],
    ['data from elsewhere than the web', { ...open, dataUrl: 'file:///etc/' }],
    [
      'a class held out that the set does not have',
      { type: 'reset', experiment: { ...experiment, heldOut: [10] } },
    ],
    [
      'fewer than two classes to learn',
      { type: 'reset', experiment: { ...experiment, heldOut: [0, 1, 2, 3, 4, 5, 6, 7, 8] } },
    ],
    ['a data set that there is not', { type: 'reset', experiment: { ...experiment, data: 'letters' } }],
    ['five runs', { type: 'reset', experiment: { ...experiment, runs: new Array(5).fill(runOf('S')) } }],
    [
      'weights of another network',
      { ...open, resume: { ...resume, experiment: { ...experiment, network: 'lenets++' } } },
    ],
    [
      'a way back to another experiment',
      { ...open, resume: { ...resume, lastGood: { ...resume, experiment: { ...experiment, seed: 2 } } } },
    ],
    [
      'a schedule of another objective',
      {
        ...open,
        resume: {
          ...resume,
          runs: resume.runs.map((run) => ({ ...run, schedule: [{ step: 0, objective }] })),
        },
      },
    ],
    ['a command of its own', { type: 'eval', code: '1' }],
  ])('with %s is refused', (_, command) => {
    expect(() => parseMessage({ id: 1, command })).toThrow(MessageError);
  });

  it('brings images of one’s own only as many as their labels say', () => {
    const own = { id: 'faces@0123abcd', images: new Uint8Array(2 * 784), labels: Uint8Array.of(0, 1) };
    expect(parseMessage({ own })).toEqual({ own });
    const wrong = [{ id: 'mnist' }, { id: 'a/../b' }, { labels: Uint8Array.of(0) }, { images: [1, 2] }];
    for (const change of wrong)
      expect(() => parseMessage({ own: { ...own, ...change } })).toThrow(MessageError);
  });

  it('of any other kind is refused with the one kind of error', () => {
    const hostile = fc.oneof(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withTypedArray: true,
        withNullPrototype: true,
      }),
      fc.record({ id: fc.anything(), command: fc.anything() }),
      // A command of the protocol in which one thing changed.
      fc
        .tuple(fc.constantFrom(...COMMANDS), fc.anything(), fc.nat(), fc.boolean())
        .map(([command, value, at, isInside]) => {
          const keys = Object.keys(command);
          const key = keys[at % keys.length] as string;
          const old = (command as Record<string, unknown>)[key];
          const isObject = typeof old === 'object' && old !== null && !Array.isArray(old);
          const inner = isObject && isInside ? Object.keys(old)[at % Object.keys(old).length] : undefined;
          const changed = inner === undefined ? value : { ...(old as object), [inner]: value };
          return { id: 1, command: { ...command, [key]: changed } };
        }),
    );
    fc.assert(
      fc.property(hostile, (value) => {
        try {
          parseMessage(value);
        } catch (error) {
          if (!(error instanceof MessageError)) throw error;
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });
});
