/** Lanes under supervision: workers that compute gradients for one that trains. One that is lost costs no step. */

import { reasonOf } from '../../data/reason-of.ts';
import type { AwaitAnswer, LaneAnswer, Lanes, LaneTask } from '../lab/lanes.ts';
import { answerBytes, type FromLane, parcelOf, type ToLane } from './messages.ts';
import { bytesOf, SharedQueue } from './shared-queue.ts';

/** A worker, in a browser or in Node. */
export interface LaneWorker {
  /** Tasks may stand in memory that it shares. */
  readonly sharesMemory?: boolean;
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
/** An answer in shared memory is waited for without a turn of the event loop for so long, in milliseconds; then looked for in turns. */
const BLOCKED_MS = 20;
const LOOK_MS = 4;
/** Slots of a lane's first queue; the next has twice as many. */
const SLOTS = 4;

interface Waiting {
  readonly resolve: (answer: LaneAnswer | undefined) => void;
  readonly network: string;
  readonly started: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A task in shared memory. */
interface Asked {
  readonly queue: SharedQueue;
  readonly ticket: number;
  readonly network: string;
  readonly started: number;
  /** In milliseconds. */
  readonly limit: number;
}

interface Lane {
  readonly worker: LaneWorker;
  isReady: boolean;
  readonly waiting: Map<number, Waiting>;
  /** Where tasks stand, once there are some, in shared memory; and how many of them are not answered. */
  queue: SharedQueue | undefined;
  owed: number;
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

  ask(lane: number, task: LaneTask): AwaitAnswer {
    const chosen = this.#readyLanes()[lane];
    if (chosen === undefined) return () => undefined;
    if (chosen.worker.sharesMemory) return this.#askInMemory(chosen, task);
    const answer = this.#askByMessage(chosen, task);
    return () => answer;
  }

  #askByMessage(chosen: Lane, task: LaneTask): Promise<LaneAnswer | undefined> {
    const id = this.#nextId++;
    const { network } = task;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#late(chosen), this.#limitOf(network, chosen.waiting.size));
      chosen.waiting.set(id, { resolve, network, started: performance.now(), timer });
      chosen.worker.post({ id, task });
    });
  }

  #askInMemory(lane: Lane, task: LaneTask): AwaitAnswer {
    let place: Pick<Asked, 'queue' | 'ticket'>;
    try {
      place = placed(lane, task);
    } catch (error) {
      // There is no memory for it.
      this.#lose(lane, reasonOf(error));
      return () => undefined;
    }
    const { network } = task;
    const limit = this.#limitOf(network, lane.owed);
    lane.owed++;
    return this.#answerOf(lane, { ...place, network, started: performance.now(), limit });
  }

  /** Waits for an answer in shared memory. */
  #answerOf(lane: Lane, asked: Asked): AwaitAnswer {
    const { queue, ticket } = asked;
    const take = (): LaneAnswer | undefined => {
      lane.owed--;
      this.#took(asked);
      try {
        return queue.take(ticket).floats;
      } catch (error) {
        this.#lose(lane, reasonOf(error));
        return undefined;
      }
    };
    const look = async (): Promise<LaneAnswer | undefined> => {
      // This worker may have computed itself until the limit was over.
      const end = Math.max(asked.started + asked.limit, performance.now() + this.#limits.grace);
      while (this.#lanes.includes(lane) && performance.now() < end) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        if (queue.isAnswered(ticket)) return take();
      }
      this.#lose(lane, 'it did not answer in time');
      return undefined;
    };
    return () => (queue.wait(ticket, BLOCKED_MS) ? take() : look());
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
    const lane: Lane = { worker, isReady: false, waiting: new Map(), queue: undefined, owed: 0 };
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
        if (message.type === 'done') return this.#done(lane, message.id, message.answer);
        if (message.type === 'refused') return lose(message.reason);
        lane.isReady = true;
        settle();
        this.#options.onChange?.();
      }, lose);
    });
  }

  #done(lane: Lane, id: number, answer: LaneAnswer): void {
    const waiting = lane.waiting.get(id);
    if (waiting === undefined) return;
    lane.waiting.delete(id);
    clearTimeout(waiting.timer);
    this.#took(waiting);
    waiting.resolve(answer);
  }

  #took({ network, started }: Pick<Waiting, 'network' | 'started'>): void {
    const took = performance.now() - started;
    this.#slowest.set(network, Math.max(took, this.#slowest.get(network) ?? 0));
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
    lane.queue?.close();
    lane.worker.terminate();
    for (const { resolve, timer } of lane.waiting.values()) {
      clearTimeout(timer);
      resolve(undefined);
    }
    lane.waiting.clear();
    this.#options.onChange?.();
  }
}

/** Puts a task into the lane's queue, or into a larger one. @throws RangeError where there is no memory for that */
function placed(lane: Lane, task: LaneTask): Pick<Asked, 'queue' | 'ticket'> {
  const parcel = parcelOf(task);
  const bytes = Math.max(bytesOf(parcel), answerBytes(task));
  const before = lane.queue?.memory;
  const isFitting = before !== undefined && bytes <= before.slotBytes;
  const ticket = isFitting ? lane.queue?.ask(parcel) : undefined;
  if (lane.queue !== undefined && ticket !== undefined) return { queue: lane.queue, ticket };
  const slots = before === undefined ? SLOTS : isFitting ? 2 * before.slots : before.slots;
  const queue = new SharedQueue(slots, Math.max(bytes, before?.slotBytes ?? 0));
  // What stands in the old one is answered first.
  lane.queue?.close();
  lane.queue = queue;
  lane.worker.post({ queue: queue.memory });
  return { queue, ticket: queue.ask(parcel) as number };
}
