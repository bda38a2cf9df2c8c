/**
 * Fashion-MNIST: 70,000 pictures of clothes, a drop-in for MNIST (Xiao, Rasul, Vollgraf 2017; github.com/zalandoresearch/
 * fashion-mnist). It does not come with npm: `npm run data -- fashion-mnist` prepares it. The digests are of the inflated
 * files in Debian's package.
 */

import type { DataSet } from '../set.ts';
import { mnistFiles } from './mnist-files.ts';

export const FASHION_MNIST = {
  id: 'fashion-mnist',
  title: 'Fashion-MNIST',
  classNames: [
    ...['T-shirt', 'Trouser', 'Pullover', 'Dress', 'Coat'],
    ...['Sandal', 'Shirt', 'Sneaker', 'Bag', 'Boot'],
  ],
  word: { one: 'piece', many: 'pieces' },
  side: 28,
  counts: { train: 60_000, test: 10_000 },
  trainingCounts: [6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000, 6000],
  probe: { perClass: 200, from: 5000 },
  folder: 'fashion-mnist/',
  source: { kind: 'command', package: 'dataset-fashion-mnist', folder: '/usr/share/datasets/fashion-mnist' },
  files: mnistFiles({
    train: {
      images: 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
      labels: 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    },
    test: {
      images: '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
      labels: '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
    },
  }),
  credit: 'Fashion-MNIST: Han Xiao, Kashif Rasul, Roland Vollgraf; Zalando SE, under the MIT licence.',
} as const satisfies DataSet;
