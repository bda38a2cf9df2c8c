/** Lanes under supervision: workers that compute gradients for one that trains. One that is lost costs no step. */

import { reasonOf } from '../../data/reason-of.ts';
import type { Lanes, PartResult, PartTask } from '../lab/lanes.ts';
import type { FromLane, ToLane } from './messages.ts';

/** A worker, in a browser or in Node. */
export interface LaneWorker {
  post(message: ToLane): void;
  /** Called once, before anything is posted. */
  listen(onMessage: (message: FromLane) => void, onFailure: (reason: string) => void): void;
  terminate(): void;
}

/** @throws Error where no worker can be made */
export type StartLane = () => LaneWorker;

export interface LanePoolOptions {
  readonly start: StartLane;
  /** Called with a sentence where a lane is lost or can't start. */
  readonly onLost: (sentence: string) => void;
  /** Called when there are more or fewer that compute. */
  readonly onChange?: () => void;
  readonly limits?: LaneLimits;
}

/** In milliseconds. */
export interface LaneLimits {
  readonly opening: number;
  /** Of a network's first task; later ones may take PATIENCE times as long as the slowest before, and no less than `least`. */
  readonly first: number;
  readonly least: number;
  /** This worker may have computed itself until a limit was over: what is there by then is taken in first. */
  readonly grace: number;
}

/** Opening compiles kernels, on a slow phone, too. */
const LIMITS: LaneLimits = { opening: 30_000, first: 30_000, least: 2000, grace: 500 };
const PATIENCE = 10;

interface Waiting {
  readonly resolve: (result: PartResult | undefined) => void;
  readonly network: string;
  readonly started: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

interface Lane {
  readonly worker: LaneWorker;
  isReady: boolean;
  readonly waiting: Map<number, Waiting>;
}

/** Starts as many lanes as are wanted and hands out tasks to those that are ready. */
export class LanePool implements Lanes {
  readonly #options: LanePoolOptions;
  readonly #limits: LaneLimits;
  #lanes: readonly Lane[] = [];
  /** Of those that are ready, how many take part. */
  #most = 0;
  #nextId = 0;
  /** The longest that a task of each network took, in milliseconds. */
  readonly #slowest = new Map<string, number>();

  constructor(options: LanePoolOptions) {
    this.#options = options;
    this.#limits = options.limits ?? LIMITS;
  }

  get others(): number {
    return Math.min(this.#most, this.ready);
  }

  /** Lanes that can compute. */
  get ready(): number {
    return this.#readyLanes().length;
  }

  /** Some are still starting. */
  get isOpening(): boolean {
    return this.#lanes.some(({ isReady }) => !isReady);
  }

  /** Starts lanes until there are so many; those that are too many end. Resolves when each is ready or lost. */
  async want(count: number): Promise<void> {
    this.#most = count;
    for (const lane of this.#lanes.slice(count)) this.#end(lane);
    const opening: Promise<void>[] = [];
    while (this.#lanes.length < count) {
      const opened = this.#start();
      if (opened === undefined) break;
      opening.push(opened);
    }
    await Promise.all(opening);
  }

  /** Lets only so many of them take part; the others wait. */
  use(count: number): void {
    this.#most = count;
  }

  compute(lane: number, task: PartTask): Promise<PartResult | undefined> {
    const chosen = this.#readyLanes()[lane];
    if (chosen === undefined) return Promise.resolve(undefined);
    const id = this.#nextId++;
    const { network } = task;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#late(chosen), this.#limitOf(network, chosen.waiting.size));
      chosen.waiting.set(id, { resolve, network, started: performance.now(), timer });
      chosen.worker.post({ id, task });
    });
  }

  dispose(): void {
    for (const lane of this.#lanes) this.#end(lane);
  }

  #readyLanes(): Lane[] {
    return this.#lanes.filter(({ isReady }) => isReady);
  }

  /** Tasks before it in the same lane take their time, too. */
  #limitOf(network: string, before: number): number {
    const slowest = this.#slowest.get(network);
    const { first, least } = this.#limits;
    return slowest === undefined ? first : Math.max(least, PATIENCE * slowest) * (before + 1);
  }

  /** Undefined where no worker can be made. */
  #start(): Promise<void> | undefined {
    let worker: LaneWorker;
    try {
      worker = this.#options.start();
    } catch (error) {
      this.#options.onLost(`No more cores can be used: ${reasonOf(error)}.`);
      return undefined;
    }
    const lane: Lane = { worker, isReady: false, waiting: new Map() };
    this.#lanes = [...this.#lanes, lane];
    return new Promise((resolve) => {
      const limit = setTimeout(() => lose('it did not start in time'), this.#limits.opening);
      const settle = () => {
        clearTimeout(limit);
        resolve();
      };
      const lose = (reason: string) => {
        settle();
        this.#lose(lane, reason);
      };
      worker.listen((message) => {
        if (message.type === 'done') return this.#done(lane, message.id, message.result);
        if (message.type === 'refused') return lose(message.reason);
        lane.isReady = true;
        settle();
        this.#options.onChange?.();
      }, lose);
    });
  }

  #done(lane: Lane, id: number, result: PartResult): void {
    const waiting = lane.waiting.get(id);
    if (waiting === undefined) return;
    lane.waiting.delete(id);
    clearTimeout(waiting.timer);
    const took = performance.now() - waiting.started;
    this.#slowest.set(waiting.network, Math.max(took, this.#slowest.get(waiting.network) ?? 0));
    waiting.resolve(result);
  }

  #late(lane: Lane): void {
    const before = new Set(lane.waiting.keys());
    setTimeout(() => {
      const isStuck = [...lane.waiting.keys()].some((id) => before.has(id));
      if (isStuck) this.#lose(lane, 'it did not answer in time');
    }, this.#limits.grace);
  }

  #lose(lane: Lane, reason: string): void {
    if (!this.#lanes.includes(lane)) return;
    this.#end(lane);
    const left = this.ready + 1;
    const goingOn = left === 1 ? 'one core goes on' : `${left} cores go on`;
    this.#options.onLost(`A core’s worker was lost (${reasonOf(reason)}): ${goingOn}, and no step is lost.`);
  }

  /** What it was to compute is computed by who asked. */
  #end(lane: Lane): void {
    this.#lanes = this.#lanes.filter((other) => other !== lane);
    lane.worker.terminate();
    for (const { resolve, timer } of lane.waiting.values()) {
      clearTimeout(timer);
      resolve(undefined);
    }
    lane.waiting.clear();
    this.#options.onChange?.();
  }
}
