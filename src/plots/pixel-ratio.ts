/** How many device pixels a CSS pixel has: another on another screen, and after zooming. */

/** Above 2 the eye gains nothing and the raster pays by the square. */
export function pixelRatio(): number {
  return Math.min(2, window.devicePixelRatio || 1);
}

/** Calls back whenever the ratio has changed; returns the function that ends it. */
export function onPixelRatio(listener: () => void): () => void {
  let media: MediaQueryList;
  const watch = () => {
    media = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    media.addEventListener('change', changed, { once: true });
  };
  const changed = () => {
    watch();
    listener();
  };
  watch();
  return () => media.removeEventListener('change', changed);
}
