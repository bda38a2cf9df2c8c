/** All networks by name. */

import { compact } from './compact.ts';
import { lenets } from './lenets.ts';
import type { Network } from './network.ts';
import type { NetworkShape } from './parameter-specs.ts';

export const NETWORKS = { compact, 'lenets++': lenets } as const satisfies Record<
  string,
  (shape: NetworkShape) => Network
>;
