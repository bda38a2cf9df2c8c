/** The four IDX files that MNIST and its drop-ins are published as, and how they are cut for the page. */

import type { Content, Part, SetFiles } from '../set.ts';

/** SHA-256 of each file, inflated, in hexadecimal. */
export type MnistDigests = Readonly<Record<Part, Readonly<Record<Content, string>>>>;

export function mnistFiles(digests: MnistDigests): readonly SetFiles[] {
  const files = (part: Part, prefix: string, labels: number): SetFiles[] => [
    {
      ...{ part, content: 'images', kind: `${prefix}-images`, shardSize: 5000 },
      ...{ original: `${prefix}-images-idx3-ubyte`, sha256: digests[part].images },
    },
    {
      ...{ part, content: 'labels', kind: `${prefix}-labels`, shardSize: labels },
      ...{ original: `${prefix}-labels-idx1-ubyte`, sha256: digests[part].labels },
    },
  ];
  return [...files('train', 'train', 60_000), ...files('test', 't10k', 10_000)];
}
