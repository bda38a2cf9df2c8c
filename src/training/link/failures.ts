/** Failures of workers, and what is tried after them. */

import type { BackendName } from './protocol.ts';

/** After a second failure within this time on one backend, the next backend is tried. */
const AGAIN_MS = 60_000;
/** Which backend follows one that failed twice; nothing follows the last. */
const NEXT: Record<BackendName, BackendName | undefined> = {
  webgpu: 'webgl',
  webgl: 'wasm',
  wasm: 'cpu',
  cpu: undefined,
};

interface Failure {
  /** In ms. */
  readonly at: number;
  /** Where it had got to; undefined where there was nothing to do. */
  readonly step: number | undefined;
}

/** Of workers on the backend that is in use. */
export class Failures {
  #failures: readonly Failure[] = [];

  /** Forgets earlier ones, but for those of the last minute and those from which training never got further. */
  add(step: number | undefined): void {
    const now = performance.now();
    const counts = (failure: Failure) =>
      now - failure.at < AGAIN_MS || (step !== undefined && failure.step === step);
    this.#failures = [...this.#failures.filter(counts), { at: now, step }];
  }

  /** True where another worker of the same kind would be no help. */
  get areRepeated(): boolean {
    return this.#failures.length >= 2;
  }

  /** The backend to try after one that fails again and again; undefined where there is none. */
  nextAfter(failing: BackendName | undefined): BackendName | undefined {
    const next = failing && NEXT[failing];
    if (next !== undefined) this.forget();
    return next;
  }

  forget(): void {
    this.#failures = [];
  }
}
