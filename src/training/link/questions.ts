/** Questions for the state of the runs between two steps, until they are answered. */

import type { Checkpoint } from './protocol.ts';

interface Question {
  /** The command that asked the worker. */
  id: number;
  readonly resolve: (checkpoint: Checkpoint | undefined) => void;
  readonly reject: (error: Error) => void;
  /** It is for the state before the next command: no later state is an answer. */
  readonly isFinal: boolean;
}

/** A worker's answer. */
export interface Answer {
  readonly checkpoint: Checkpoint | undefined;
  /** The newest command that it had carried out. */
  readonly acknowledged: number;
  /** Training can go on from it. */
  readonly isGood: boolean;
}

export class Questions {
  #open: Question[] = [];

  get areOpen(): boolean {
    return this.#open.length > 0;
  }

  /** @param id of the command that asked the worker */
  put(id: number, isFinal: boolean): Promise<Checkpoint | undefined> {
    return new Promise((resolve, reject) => {
      this.#open.push({ id, resolve, reject, isFinal });
    });
  }

  /** @param runsId the newest command after which there are other runs */
  answer({ checkpoint, acknowledged, isGood }: Answer, runsId: number): void {
    const answered = this.#open.filter(({ id }) => id <= acknowledged);
    this.#open = this.#open.filter(({ id }) => id > acknowledged);
    for (const { id, isFinal, resolve, reject } of answered) {
      const isOther = isFinal ? acknowledged !== id : acknowledged < runsId;
      if (isOther) reject(new Error('The panels were changed meanwhile: try again.'));
      else if (isGood) resolve(checkpoint);
      else reject(new Error('A run has just diverged: save again in a moment.'));
    }
  }

  /** Another worker is asked what is open; it can't say what another one ended with. */
  askAgain(ask: () => number): void {
    const open = this.#open.filter(({ isFinal }) => !isFinal);
    for (const { isFinal, resolve } of this.#open) if (isFinal) resolve(undefined);
    this.#open = open;
    for (const question of open) question.id = ask();
  }

  /** Nothing answers them any more. @param settle what becomes of each */
  end(settle: (question: Question) => void): void {
    for (const question of this.#open.splice(0)) settle(question);
  }
}
