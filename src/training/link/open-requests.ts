/** What the page has asked and no worker has answered yet. */

import type { Answer, AnswerTo, Request } from '../requests.ts';

interface Open {
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Requests of a page until they are answered, whichever worker does it. */
export class OpenRequests {
  readonly #open = new Map<number, Open>();
  #last = 0;

  /** @param ask sends it to the worker */
  put<R extends Request>(request: R, ask: (question: number) => void): Promise<AnswerTo<R>> {
    const question = ++this.#last;
    return new Promise((resolve, reject) => {
      // A request is answered by its own kind.
      this.#open.set(question, { request, resolve: resolve as (answer: Answer) => void, reject });
      ask(question);
    });
  }

  /** @param answer or a sentence that says why there is none */
  answer(question: number, answer: Answer | string): void {
    const open = this.#open.get(question);
    this.#open.delete(question);
    if (typeof answer === 'string') open?.reject(new Error(answer));
    else open?.resolve(answer);
  }

  /** Another worker is asked what is open. */
  askAgain(ask: (question: number, request: Request) => void): void {
    for (const [question, { request }] of this.#open) ask(question, request);
  }

  /** Nothing answers them any more. */
  end(sentence: string): void {
    for (const question of [...this.#open.keys()]) this.answer(question, sentence);
  }
}
