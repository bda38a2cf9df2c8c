/**
 * How the page is shown, by its `?` parameters, of which nothing computed depends: the whole lab; the plots in large type
 * for a lecture (`?present`); a few panels in a frame of another page (`?embed`).
 */

export const MODES = ['lab', 'present', 'embed'] as const;
export type Mode = (typeof MODES)[number];

/** @param search '?embed'; what is unknown shows the lab */
export function modeOf(search: string): Mode {
  const parameters = new URLSearchParams(search);
  return MODES.find((mode) => mode !== 'lab' && parameters.has(mode)) ?? 'lab';
}

export const MODE = modeOf(typeof location === 'undefined' ? '' : location.search);
