/** What a worker says, and how it fails, for as long as it is the one in use. */

export interface WorkerEvents<M> {
  readonly onMessage: (message: M) => void;
  /** @param message of what was thrown; empty where the worker's code did not come */
  readonly onError: (message: string) => void;
  /** It sent what can't be read. */
  readonly onUnreadable: () => void;
}

/** @param isInUse false once it has been replaced: what it still says is ignored */
export function attend<M>(
  worker: Worker,
  isInUse: () => boolean,
  { onMessage, onError, onUnreadable }: WorkerEvents<M>,
): void {
  worker.addEventListener('message', ({ data }: MessageEvent<M>) => {
    if (isInUse()) onMessage(data);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    if (isInUse()) onError(event.message);
  });
  worker.addEventListener('messageerror', () => {
    if (isInUse()) onUnreadable();
  });
}
