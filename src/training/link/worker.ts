/** The dedicated worker: everything that touches TensorFlow.js. It only connects the host, or a lane, to its surroundings. */

import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { fetchWebAssembly } from '../../data/download.ts';
import { httpSource, ImageSet } from '../../data/image-set.ts';
import { ownSource } from '../../data/own-images.ts';
import { recordWithout } from '../../data/own-set.ts';
import { reasonOf } from '../../data/reason-of.ts';
import { DEFAULT_DATA_SET, dataSet } from '../../data/sets.ts';
import { openBackend } from '../backend/backend.ts';
import { setOf } from '../experiment.ts';
import relaxedKernels from '../kernels/relaxed.wasm?url';
import simdKernels from '../kernels/simd.wasm?url';
import { openLane } from '../lanes/lane.ts';
import type { FromLane, ToLane } from '../lanes/messages.ts';
import type { LaneWorker } from '../lanes/pool.ts';
import { Host } from './host.ts';
import type { OpenData } from './images.ts';
import { MessageError, parseMessage } from './messages.ts';
import type { Event } from './protocol.ts';

/** A network that comes back within seconds is waited for; then the reader is asked. */
const RETRY_AFTER_MS = [500, 1000, 2000, 4000];

const scope = self as unknown as DedicatedWorkerGlobalScope;
const post = (event: Event, transfer: Transferable[] = []) => scope.postMessage(event, transfer);

/** The page does not see unhandled rejections of a worker, so they are posted to it. */
function fail(error: unknown): void {
  post({ type: 'failed', sentence: `The training worker failed: ${reasonOf(error)}.` });
}

const binaries = {
  simd: new URL(simdWasm, import.meta.url).href,
  kernels: [relaxedKernels, simdKernels].map(
    (url) => () => fetchWebAssembly(new URL(url, import.meta.url), RETRY_AFTER_MS),
  ),
};
/** This very file is also the code of the lanes, which go by that name: there is one bundle to be had. */
const LANE = 'lane';

function beLane(): void {
  const take = openLane({
    post: (message, transfer = []) => scope.postMessage(message, transfer),
    openBackend: () => openBackend(LANE_WISH, binaries, () => {}),
  });
  scope.addEventListener('message', ({ data }: MessageEvent<ToLane>) => take(data));
}

/** What is timed depends on these, and nothing is. */
const LANE_WISH = { wanted: 'wasm', network: 'compact', set: dataSet(DEFAULT_DATA_SET) } as const;

function startLane(): LaneWorker {
  const worker = new Worker(scope.location.href, { type: 'module', name: LANE });
  return {
    // Only a page that is isolated from others may share memory.
    sharesMemory: globalThis.crossOriginIsolated === true,
    post: (message) => worker.postMessage(message),
    listen(onMessage, onFailure) {
      worker.onmessage = ({ data }: MessageEvent<FromLane>) => onMessage(data);
      worker.onerror = (event) => {
        // Else it would be a failure of this worker, too.
        event.preventDefault();
        onFailure(event.message || 'its code did not come');
      };
      worker.onmessageerror = () => onFailure('it sent what can’t be read');
    },
    terminate: () => worker.terminate(),
  };
}

const openData: OpenData = (experiment, dataUrl, onProgress) => {
  const { own, seed, heldOut } = experiment;
  const set = setOf(experiment);
  if (own === undefined)
    return new ImageSet(set, httpSource(set, dataUrl), { onProgress, retryAfter: RETRY_AFTER_MS });
  return new ImageSet(recordWithout(set, heldOut), ownSource(own, { seed, heldOut }), { onProgress });
};

function beHost(): void {
  const host = new Host({
    post,
    openBackend: (wish, onLost) => openBackend(wish, binaries, onLost),
    openData,
    startLane,
    machineCores: navigator.hardwareConcurrency,
  });
  scope.addEventListener('unhandledrejection', (event) => fail(event.reason));
  scope.addEventListener('message', ({ data }) => {
    try {
      host.receive(parseMessage(data));
    } catch (error) {
      if (!(error instanceof MessageError)) throw error;
      post({ type: 'notice', sentence: error.message });
    }
  });
  host.run().catch(fail);
}

if (scope.name === LANE) beLane();
else beHost();
