/** The page's side of the worker that evaluates, and its supervisor: no request waits for ever. */

import type { EvaluationRequests, Evaluations } from '../../measures/evaluation.ts';
import { attend } from '../../training/link/attend.ts';
import { Silence } from '../../training/link/silence.ts';

/** While the worker starts; then for each run, some ten times what a run takes. */
const STARTING_MS = 6000;
const RUN_MS = 3000;
/** A worker may also be silent for this many times its longest silence so far. */
const SLOWEST_FACTOR = 3;

/** The request that is out. */
interface Waiting {
  /** How many there are to be evaluated. */
  readonly runs: number;
  readonly resolve: (evaluations: Evaluations) => void;
  readonly reject: (error: Error) => void;
}

/** One request at a time. A worker that fails is ended; the next request makes another. */
export class EvaluationClient {
  readonly #createWorker: () => Worker;
  readonly #silence = new Silence({
    limit: () => this.#limit,
    onLimit: () => this.#fail('it fell silent'),
  });
  #worker: Worker | undefined;
  /** This browser starts none, or its code does not come. */
  #hasNone = false;
  #waiting: Waiting | undefined;
  /** In ms. */
  #longestSilence = 0;
  /** Since the last answer; each doubles the patience, for machines that are merely slow. */
  #failures = 0;

  constructor(createWorker: () => Worker = newWorker) {
    this.#createWorker = createWorker;
  }

  /**
   * Off the main thread; on it, where there is no worker: painting waits then, which is better than no measures.
   *
   * @throws Error where the worker failed or fell silent, or the code did not come
   */
  evaluate(requests: EvaluationRequests): Promise<Evaluations> {
    if (!this.#hasNone && this.#worker === undefined) this.#start();
    const worker = this.#worker;
    if (worker === undefined) return evaluateHere(requests);
    return new Promise((resolve, reject) => {
      worker.postMessage(requests);
      this.#waiting = { runs: requests.length, resolve, reject };
      this.#silence.begin();
    });
  }

  dispose(): void {
    this.#end();
    this.#waiting = undefined;
  }

  #start(): void {
    try {
      this.#worker = this.#createWorker();
    } catch {
      this.#hasNone = true;
      return;
    }
    const worker = this.#worker;
    attend<Evaluations>(worker, () => this.#worker === worker, {
      onMessage: (evaluations) => this.#hear(evaluations),
      onError: (message) => {
        // It would not come for another worker.
        if (!message) this.#hasNone = true;
        this.#fail(message || 'its code did not come');
      },
      onUnreadable: () => this.#fail('its answer can’t be read'),
    });
  }

  #hear(evaluations: Evaluations): void {
    this.#longestSilence = Math.max(this.#longestSilence, this.#silence.broken());
    this.#silence.end();
    this.#failures = 0;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(evaluations);
  }

  #fail(reason: string): void {
    this.#end();
    this.#failures++;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(new Error(`The worker that evaluates failed: ${reason}.`));
  }

  #end(): void {
    this.#silence.end();
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  get #limit(): number {
    const work = STARTING_MS + RUN_MS * (this.#waiting?.runs ?? 0);
    return Math.max(work, SLOWEST_FACTOR * this.#longestSilence) * 2 ** this.#failures;
  }
}

async function evaluateHere(requests: EvaluationRequests): Promise<Evaluations> {
  // Their arrays are filled anew while the code is on its way.
  const kept = structuredClone(requests);
  const { evaluationsOf } = await import('../../measures/evaluation.ts');
  return evaluationsOf(kept);
}

function newWorker(): Worker {
  return new Worker(new URL('../../measures/evaluation-worker.ts', import.meta.url), {
    type: 'module',
    name: 'evaluation',
  });
}
