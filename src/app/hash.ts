/** Writes the experiment to the address bar. */

/** Browsers refuse more than a hundred changes in ten seconds, and a slider that is dragged makes more. */
const INTERVAL_MS = 100;

/** A function that writes the newest hash soon: the first at once, then so often at most. */
export function createHashWriter(
  write = (hash: string) => history.replaceState(null, '', hash),
): (hash: string) => void {
  let newest: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const writeNewest = () => {
    timer = undefined;
    if (newest === undefined) return;
    try {
      write(newest);
      newest = undefined;
    } catch {
      // Refused: tried again below.
    }
    timer = setTimeout(writeNewest, INTERVAL_MS);
  };
  return (hash) => {
    newest = hash;
    if (timer === undefined) writeNewest();
  };
}
