/** What is too long for the page's thread, as tasks for a worker. */

import { decodeSession, encodeSession } from './session-file.ts';
import { SessionStore } from './session-store.ts';
import type { SessionUpdate } from './session-update.ts';

const store = new SessionStore();

export const TASKS = {
  encodeSession,
  decodeSession,
  listSessions: () => store.list(),
  readSession: (id: string, name: string) => store.read(id, name),
  keepSession: (update: SessionUpdate) => store.keep(update),
  pictureOf: (id: string) => store.pictureOf(id),
  removeSession: (id: string) => store.remove(id),
};
export type Tasks = typeof TASKS;

/** Page → worker. */
export interface TaskCall {
  readonly task: keyof Tasks;
  readonly args: readonly unknown[];
}

/** Worker → page; errors lose their class on the way. */
export type TaskAnswer =
  | { readonly result: unknown }
  | { readonly error: { readonly name: string; readonly message: string } };

/** Carries out a call; every error becomes an answer. */
export async function answerTo({ task, args }: TaskCall): Promise<TaskAnswer> {
  try {
    // The arguments are those of the task: `Background.run` sees to that.
    const run = TASKS[task] as (...args: readonly unknown[]) => Promise<unknown>;
    return { result: await run(...args) };
  } catch (error) {
    const { name, message } =
      error instanceof Error || error instanceof DOMException ? error : new Error(String(error));
    return { error: { name, message } };
  }
}
