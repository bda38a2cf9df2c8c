/** What is too long for the page's thread, as tasks for a worker. */

import { decodeSession, encodeSession } from './session-file.ts';

export const TASKS = { encodeSession, decodeSession };
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
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { error: { name, message } };
  }
}
