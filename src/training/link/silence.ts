/** Measures how long a worker that owes an answer has been silent. */

const TICK_MS = 500;

export interface SilenceOptions {
  /** The silence that is still well, in ms; asked at every tick. */
  readonly limit: () => number;
  readonly onLimit: () => void;
}

/** Counts only time in which this page ran: a frozen tab or a sleeping machine is not the worker's silence. */
export class Silence {
  readonly #options: SilenceOptions;
  #timer: ReturnType<typeof setInterval> | undefined;
  #lastTick = 0;
  /** In ms. */
  #elapsed = 0;

  constructor(options: SilenceOptions) {
    this.#options = options;
  }

  /** @param ask at every tick, of a worker that can answer between two pieces of work */
  begin(ask: () => void = () => {}): void {
    this.end();
    this.#elapsed = 0;
    this.#lastTick = performance.now();
    this.#timer = setInterval(() => {
      ask();
      const now = performance.now();
      this.#elapsed += Math.min(now - this.#lastTick, 2 * TICK_MS);
      this.#lastTick = now;
      if (this.#elapsed > this.#options.limit()) this.#options.onLimit();
    }, TICK_MS);
  }

  /** Something was heard. Returns how long nothing had been, in ms. */
  broken(): number {
    const elapsed = this.#elapsed;
    this.#elapsed = 0;
    return elapsed;
  }

  /** Nothing is owed. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
