/** Writes the experiment to the address bar. */

/** Browsers refuse or ignore more than a hundred changes in ten seconds, and a slider that is dragged makes more. */
const WINDOW_MS = 10_000;
const MOST_WRITES = 60;
const RETRY_MS = 250;

/** A function that writes the hash at once; where that were too often, the newest as soon as it may. */
export function createHashWriter(
  write = (hash: string) => history.replaceState(null, '', hash),
): (hash: string) => void {
  let newest: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** When it was written, in ms. */
  let writes: number[] = [];
  const writeNewest = () => {
    timer = undefined;
    if (newest === undefined) return;
    const now = performance.now();
    writes = writes.filter((at) => now - at < WINDOW_MS);
    try {
      if (writes.length < MOST_WRITES) {
        write(newest);
        newest = undefined;
        writes.push(now);
      }
    } catch {
      // Refused all the same: tried again.
    }
    if (newest !== undefined) timer = setTimeout(writeNewest, RETRY_MS);
  };
  return (hash) => {
    newest = hash;
    if (timer === undefined) writeNewest();
  };
}
