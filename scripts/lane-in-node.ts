/** A lane in a worker thread of Node. */

import { parentPort, workerData } from 'node:worker_threads';
import { openLane } from '../src/training/lanes/lane.ts';
import { openNodeBackend } from './node-lab.ts';

if (parentPort !== null) {
  const port = parentPort;
  const take = openLane({
    post: (message, transfer = []) => port.postMessage(message, transfer),
    openBackend: async () => ({
      backend: await openNodeBackend(workerData),
      reason: 'Node.js could not open it',
    }),
  });
  port.on('message', take);
}

/** It is started as a thread, not called. */
export default async function main(): Promise<void> {}
