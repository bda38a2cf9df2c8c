/** Notices that a worker has fallen silent: asked again and again, it must answer in a time that fits its work. */

import type { BackendName, NetworkName } from './protocol.ts';
import { Silence } from './silence.ts';

/** A worker that computes answers between two steps. */
const SILENCE_MS = 6000;
/**
 * The limit grows with the time of a step: one of LeNets++ takes as long as two hundred of the compact network, and four
 * runs take it one after the other. While it starts, a worker opens a backend and times a few steps.
 */
const FACTOR: Record<NetworkName, Record<BackendName | 'starting', number>> = {
  compact: { starting: 10, webgl: 3, webgpu: 3, wasm: 1, cpu: 10 },
  'lenets++': { starting: 30, webgl: 60, webgpu: 60, wasm: 10, cpu: 300 },
};
/** A worker may also be silent for this many times its longest silence so far. */
const SLOWEST_FACTOR = 3;

/** Calls `onSilence` where a watched worker has not answered within its limit. */
export class Watchdog {
  readonly #silence: Silence;
  #longestSilence = 0;
  #network: NetworkName = 'compact';
  /** What it has been asked to compute next; until it says that it does, the more patient limit holds. */
  #wanted: NetworkName = 'compact';
  #backend: BackendName | undefined;

  constructor(onSilence: () => void) {
    this.#silence = new Silence({ limit: () => this.#limit, onLimit: onSilence });
  }

  /** @param ask sends a question that the worker answers */
  watch(network: NetworkName, ask: () => void): void {
    this.#network = network;
    this.#wanted = network;
    this.#backend = undefined;
    this.#longestSilence = 0;
    this.#silence.begin(ask);
  }

  /** The worker said something; with it what it computes, and on which backend, where that is known. */
  heard({ backend, network }: { readonly backend?: BackendName; readonly network?: NetworkName } = {}): void {
    const silence = this.#silence.broken();
    // The time of opening says nothing about later silences.
    if (this.#backend !== undefined) this.#longestSilence = Math.max(this.#longestSilence, silence);
    this.#backend = backend ?? this.#backend;
    if (network !== this.#wanted || network === this.#network) return;
    this.#network = network;
    // The step time of the other network says nothing about this one.
    this.#longestSilence = 0;
  }

  /** The worker is to compute another network. */
  set network(network: NetworkName) {
    this.#wanted = network;
  }

  rest(): void {
    this.#silence.end();
  }

  get #limit(): number {
    const state = this.#backend ?? 'starting';
    const factor = Math.max(FACTOR[this.#network][state], FACTOR[this.#wanted][state]);
    return Math.max(SILENCE_MS * factor, SLOWEST_FACTOR * this.#longestSilence);
  }
}
