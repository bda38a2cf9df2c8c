/** A worker for sessions: neither a long timeline nor a hostile file may hold the page. */

import { answerTo, type TaskCall } from './session-tasks.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.addEventListener('message', async ({ data }: MessageEvent<TaskCall>) => {
  scope.postMessage(await answerTo(data));
});
