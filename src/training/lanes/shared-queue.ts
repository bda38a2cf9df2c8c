/**
 * A queue of tasks in memory that a worker and one of its lanes share: nothing is copied by the browser, and neither waits
 * for the other's event loop. What is asked for stands in a slot; the answer takes its place.
 */

/** What is sent: a text, numbers and bytes. */
export interface Parcel {
  readonly text: string;
  readonly floats: readonly Float32Array[];
  readonly bytes: readonly Uint8Array[];
}

/** What both sides hold. */
export interface QueueMemory {
  readonly buffer: SharedArrayBuffer;
  readonly slots: number;
  readonly slotBytes: number;
}

/** Counters at the beginning, as Int32; then the state of each slot. */
const BELL = 0;
const ASKED = 1;
const CLOSED = 2;
const COUNTERS = 3;
/** States of a slot. */
const FREE = 0;
const WAITING = 1;
const DONE = 2;
const FAILED = 3;

/** Who waits looks again and again for so long, in milliseconds, and sleeps then: to be woken takes longer than most gaps between tasks. */
const SPIN_MS = 1;
const LOOKS = 200;
const WORD = 4;
const ALIGNED = 8;

/** The side that asks. */
export class SharedQueue {
  readonly memory: QueueMemory;
  readonly #control: Int32Array;

  constructor(slots: number, slotBytes: number) {
    const size = aligned(slotBytes);
    const buffer = new SharedArrayBuffer(controlBytes(slots) + slots * size);
    this.memory = { buffer, slots, slotBytes: size };
    this.#control = controlOf(this.memory);
  }

  /** Taken answers: who took them has read them when it asks again. */
  readonly #taken: number[] = [];

  /** Puts a task in. Undefined where it does not fit, or its slot is still in use; else the ticket of its answer. */
  ask(parcel: Parcel): number | undefined {
    for (const slot of this.#taken.splice(0)) Atomics.store(this.#control, slot, FREE);
    const ticket = Atomics.load(this.#control, ASKED);
    const slot = this.#slotOf(ticket);
    if (Atomics.load(this.#control, slot) !== FREE || bytesOf(parcel) > this.memory.slotBytes)
      return undefined;
    write(this.memory, ticket % this.memory.slots, parcel);
    Atomics.store(this.#control, slot, WAITING);
    Atomics.add(this.#control, ASKED, 1);
    this.#ring();
    return ticket;
  }

  isAnswered(ticket: number): boolean {
    return Atomics.load(this.#control, this.#slotOf(ticket)) !== WAITING;
  }

  /** Blocks until the answer is there, or so many milliseconds are over. */
  wait(ticket: number, milliseconds: number): boolean {
    waitForChange(this.#control, this.#slotOf(ticket), WAITING, milliseconds);
    return this.isAnswered(ticket);
  }

  /**
   * The answer, as views of its slot, which hold it until the next task is asked.
   *
   * @throws Error with the lane's reason where it could not compute
   */
  take(ticket: number): Parcel {
    const slot = this.#slotOf(ticket);
    const hasFailed = Atomics.load(this.#control, slot) === FAILED;
    this.#taken.push(slot);
    const answer = read(this.memory, ticket % this.memory.slots);
    if (hasFailed) throw new Error(answer.text);
    return answer;
  }

  /** The lane does what was asked, and listens to messages again. */
  close(): void {
    Atomics.store(this.#control, CLOSED, 1);
    this.#ring();
  }

  #ring(): void {
    Atomics.add(this.#control, BELL, 1);
    Atomics.notify(this.#control, BELL);
  }

  #slotOf(ticket: number): number {
    return COUNTERS + (ticket % this.memory.slots);
  }
}

/**
 * The lane's side: answers tasks in their order and waits for more, until the queue is closed. It blocks its thread.
 *
 * @param answer gets views of the shared memory, which it must have read when it returns
 */
export function serve(memory: QueueMemory, answer: (task: Parcel) => Parcel): void {
  const control = controlOf(memory);
  for (let ticket = 0; ; ) {
    const bell = Atomics.load(control, BELL);
    if (ticket !== Atomics.load(control, ASKED)) {
      const place = ticket % memory.slots;
      const state = answered(memory, place, answer) ? DONE : FAILED;
      Atomics.store(control, COUNTERS + place, state);
      Atomics.notify(control, COUNTERS + place);
      ticket++;
    } else if (Atomics.load(control, CLOSED) === 1) {
      return;
    } else {
      waitForChange(control, BELL, bell);
    }
  }
}

/** False where it could not be computed, and the slot says why. */
function answered(memory: QueueMemory, place: number, answer: (task: Parcel) => Parcel): boolean {
  try {
    write(memory, place, answer(read(memory, place)));
    return true;
  } catch (error) {
    write(memory, place, {
      text: error instanceof Error ? error.message : String(error),
      floats: [],
      bytes: [],
    });
    return false;
  }
}

/** Looks for a while, then sleeps until it is told, or so many milliseconds are over. */
function waitForChange(control: Int32Array, index: number, value: number, milliseconds?: number): void {
  const end = performance.now() + Math.min(SPIN_MS, milliseconds ?? SPIN_MS);
  do {
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(control, index) !== value) return;
  } while (performance.now() < end);
  Atomics.wait(control, index, value, milliseconds);
}

/** How large a slot must be for a parcel. */
export function bytesOf({ text, floats, bytes }: Parcel): number {
  const values = [...floats, ...bytes].reduce((sum, { byteLength }) => sum + byteLength, 0);
  // A character is at most three bytes long.
  return headerBytes(floats.length + bytes.length) + values + 3 * text.length;
}

/** Lengths of text, of both lists, and of each of their members. */
function headerBytes(parts: number): number {
  return WORD * (COUNTERS + parts);
}

function write(
  { buffer, slots, slotBytes }: QueueMemory,
  place: number,
  { text, floats, bytes }: Parcel,
): void {
  const start = controlBytes(slots) + place * slotBytes;
  const letters = new TextEncoder().encode(text);
  const parts = [...floats, ...bytes];
  const header = new Int32Array(buffer, start, COUNTERS + parts.length);
  header.set([letters.length, floats.length, bytes.length, ...parts.map(({ length }) => length)]);
  let at = start + headerBytes(parts.length);
  for (const part of floats) {
    new Float32Array(buffer, at, part.length).set(part);
    at += part.byteLength;
  }
  const rest = new Uint8Array(buffer, at, start + slotBytes - at);
  let end = 0;
  for (const part of [...bytes, letters]) {
    rest.set(part, end);
    end += part.length;
  }
}

/** Its arrays are views. */
function read({ buffer, slots, slotBytes }: QueueMemory, place: number): Parcel {
  const start = controlBytes(slots) + place * slotBytes;
  const [letters = 0, floatParts = 0, byteParts = 0] = new Int32Array(buffer, start, COUNTERS);
  const parts = floatParts + byteParts;
  const lengths = Array.from(new Int32Array(buffer, start + headerBytes(0), parts));
  let at = start + headerBytes(parts);
  const floats = lengths.slice(0, floatParts).map((length) => {
    const part = new Float32Array(buffer, at, length);
    at += part.byteLength;
    return part;
  });
  const bytes = lengths.slice(floatParts).map((length) => {
    const part = new Uint8Array(buffer, at, length);
    at += length;
    return part;
  });
  // Browsers decode no text that is shared.
  return { text: new TextDecoder().decode(new Uint8Array(buffer, at, letters).slice()), floats, bytes };
}

function controlOf({ buffer, slots }: QueueMemory): Int32Array {
  return new Int32Array(buffer, 0, COUNTERS + slots);
}

function controlBytes(slots: number): number {
  return aligned(WORD * (COUNTERS + slots));
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNED) * ALIGNED;
}
