/** Writes the experiment to the address bar. */

/** Browsers refuse or ignore more than a hundred changes in thirty seconds, and a slider that is dragged makes more. */
const MOST_AT_ONCE = 36;
const THEN_EVERY_MS = 500;

/** A function that writes the hash at once, or, where that is too often, the newest one as soon as possible. */
export function createHashWriter(
  write = (hash: string) => history.replaceState(null, '', hash),
): (hash: string) => void {
  let newest: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Writes that may follow at once, as of `counted`, in ms. */
  let left = MOST_AT_ONCE;
  let counted = performance.now();
  const writeNewest = () => {
    timer = undefined;
    if (newest === undefined) return;
    const now = performance.now();
    left = Math.min(MOST_AT_ONCE, left + (now - counted) / THEN_EVERY_MS);
    counted = now;
    try {
      if (left >= 1) {
        write(newest);
        newest = undefined;
        left--;
      }
    } catch {
      // The browser refused it nevertheless: tried again.
    }
    if (newest !== undefined) timer = setTimeout(writeNewest, THEN_EVERY_MS);
  };
  return (hash) => {
    newest = hash;
    if (timer === undefined) writeNewest();
  };
}
