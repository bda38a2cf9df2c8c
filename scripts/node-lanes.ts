/** Lanes in Node: worker threads that load one bundle. */

import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { LanePool } from '../src/training/lanes/pool.ts';
import { bundle, FILE } from './lib/bundle.mjs';
import { ROOT } from './lib/project.mjs';

/** One for all threads of this process. */
let bundled: ReturnType<typeof bundle> | undefined;

/**
 * Threads beside this one that compute gradients for it.
 *
 * @param others how many
 * @param options how this thread's backend was opened; `sharesMemory` false: everything goes by message
 */
export async function openNodeLanes(
  others: number,
  options: { readonly fastest?: boolean; readonly sharesMemory?: boolean } = {},
): Promise<LanePool> {
  bundled ??= bundle('lane-in-node');
  const { folder } = await bundled;
  const pool = new LanePool({
    start: () => {
      const thread = new Worker(path.join(folder, FILE), {
        workerData: options,
        env: { ...process.env, LAB_ROOT: ROOT },
      });
      thread.unref();
      return {
        sharesMemory: options.sharesMemory ?? true,
        post: (message) => thread.postMessage(message),
        listen(onMessage, onFailure) {
          thread.on('message', onMessage);
          thread.on('error', ({ message }) => onFailure(message));
          thread.on('exit', () => onFailure('it ended'));
        },
        terminate: () => void thread.terminate(),
      };
    },
    onLost: (sentence) => console.error(sentence),
  });
  await pool.want(others);
  return pool;
}
