/** For tests: a metric term that trains its centres and needs the whole batch. */

import * as tf from '@tensorflow/tfjs-core';
import type { BatchOutputs, TermEntry } from './term.ts';

/** The registry with it, for `vi.mock`. */
export const withPull = (registry: typeof import('./terms.ts')) => ({
  ...registry,
  TERMS: [...registry.TERMS, pull],
  maybeTerm: (id: string) => (id === 'pull' ? pull.record : registry.maybeTerm(id)),
  termOf: (id: string) => (id === 'pull' ? pull.record : registry.termOf(id)),
});

/** Half the squared distance to the own trained centre. */
export const pull: TermEntry = {
  record: {
    id: 'pull',
    slot: 'metric',
    group: 'Centres',
    title: 'Pull',
    word: 'pull',
    sentence: 'Of the tests.',
    symbol: 'J_P',
    tex: 'J',
    source: { text: 'none', url: 'https://example.org/' },
    weight: 1,
    knobs: [],
    needs: () => ({ centres: 'trained', centreRate: 20, wholeBatch: true }),
    rule: 'nearest centre',
    distance: 'euclidean',
    start: 'softmax first',
  },
  load: async () => ({
    loss: ({ features, oneHot, centres }: BatchOutputs) =>
      tf.mul(tf.mean(tf.sum(tf.square(tf.sub(features, tf.matMul(oneHot, centres))), 1)), 0.5),
  }),
};
