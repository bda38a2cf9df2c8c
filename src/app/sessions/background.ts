/** Long work of sessions in a worker of its own: one task after the other, each within a limit. */

import { DataError } from '../../data/errors.ts';
import type { TaskAnswer, TaskCall, Tasks } from './session-tasks.ts';

type Args<K extends keyof Tasks> = Parameters<Tasks[K]>;
type Result<K extends keyof Tasks> = Awaited<ReturnType<Tasks[K]>>;

/** A task that did not answer within its limit; its worker has been ended. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';
}

/** The worker's code did not come, or this browser starts no worker. */
class LoadError extends Error {}

/** After so long without a task the worker ends, and with it the memory that it took. */
const IDLE_MS = 60_000;

/** Starts its worker with the first task. Where none can be had, tasks run in the page's thread. */
export class Background {
  readonly #createWorker: () => Worker;
  #worker: Worker | undefined;
  /** This worker has answered before: what fails now is not its code's coming. */
  #hasAnswered = false;
  #canStart = true;
  #last: Promise<unknown> = Promise.resolve();
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(createWorker: () => Worker = newWorker) {
    this.#createWorker = createWorker;
  }

  /**
   * @throws DataError as the task throws it; SilenceError after the limit; else an error with the name and message of the
   *   task's
   */
  run<K extends keyof Tasks>(task: K, limitMs: number, ...args: Args<K>): Promise<Result<K>> {
    const result = this.#last.then(() => this.#run({ task, args }, limitMs)) as Promise<Result<K>>;
    this.#last = result.catch(() => {});
    return result;
  }

  /** The next task starts another worker. */
  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #run(call: TaskCall, limitMs: number): Promise<unknown> {
    const answer = this.#canStart ? await this.#ask(call, limitMs).catch(orLoadError) : new LoadError();
    if (!(answer instanceof LoadError)) return resultOf(answer);
    this.#canStart = false;
    const { answerTo } = await import('./session-tasks.ts');
    return resultOf(await answerTo(call));
  }

  #ask(call: TaskCall, limitMs: number): Promise<TaskAnswer> {
    return new Promise((resolve, reject) => {
      clearTimeout(this.#idle);
      const worker = this.#started();
      worker.postMessage(call);
      const end = (error: Error) => {
        clearTimeout(timer);
        this.#end();
        reject(error);
      };
      const timer = setTimeout(() => end(new SilenceError('The worker did not answer in time.')), limitMs);
      worker.onmessage = ({ data }: MessageEvent<TaskAnswer>) => {
        clearTimeout(timer);
        this.#hasAnswered = true;
        this.#idle = setTimeout(() => this.#end(), IDLE_MS);
        resolve(data);
      };
      worker.onmessageerror = () => end(new Error('The worker’s answer can’t be read.'));
      worker.onerror = (event) => {
        event.preventDefault();
        end(this.#hasAnswered ? new Error('The worker failed.') : new LoadError());
      };
    });
  }

  /** @throws LoadError */
  #started(): Worker {
    try {
      this.#worker ??= this.#createWorker();
      return this.#worker;
    } catch {
      throw new LoadError();
    }
  }
}

function orLoadError(error: unknown): LoadError {
  if (error instanceof LoadError) return error;
  throw error;
}

/** @throws Error as the task threw it, as far as it came through */
function resultOf(answer: TaskAnswer): unknown {
  if ('result' in answer) return answer.result;
  const { name, message } = answer.error;
  if (name === 'DataError') throw new DataError(message);
  throw Object.assign(new Error(message), { name });
}

function newWorker(): Worker {
  return new Worker(new URL('./session-worker.ts', import.meta.url), { type: 'module', name: 'sessions' });
}
