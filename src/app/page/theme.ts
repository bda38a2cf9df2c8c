/** Light or dark: the reader's choice, else the system's; light on paper. */

import { useCallback, useLayoutEffect, useSyncExternalStore } from 'react';
import { customProperties, type Theme } from '../../plots/palette.ts';
import { usePageState } from '../state/context.ts';

type Media = 'print' | 'prefers-color-scheme: dark' | 'forced-colors: active';

function useMedia(name: Media): boolean {
  const query = name === 'print' ? name : `(${name})`;
  return useSyncExternalStore(
    useCallback(
      (listener) => {
        const media = window.matchMedia(query);
        media.addEventListener('change', listener);
        return () => media.removeEventListener('change', listener);
      },
      [query],
    ),
    () => window.matchMedia(query).matches,
  );
}

let isPrinting = false;

/** True while the page is printed: the events come before it is laid out for paper, the medium changes then. */
function useIsPrinted(): boolean {
  const isPaper = useMedia('print');
  const isPrinted = useSyncExternalStore(subscribeToPrinting, () => isPrinting);
  return isPaper || isPrinted;
}

function subscribeToPrinting(listener: () => void): () => void {
  const ending = new AbortController();
  for (const type of ['beforeprint', 'afterprint']) {
    const changed = () => {
      isPrinting = type === 'beforeprint';
      listener();
    };
    window.addEventListener(type, changed, { signal: ending.signal });
  }
  return () => ending.abort();
}

/** The theme in force. */
export function useTheme(): Theme {
  const choice = usePageState((state) => state.theme);
  const systemIsDark = useMedia('prefers-color-scheme: dark');
  // There the system's colours lie behind the plots, whatever was chosen.
  const isForced = useMedia('forced-colors: active');
  if (useIsPrinted()) return 'light';
  if (choice !== 'auto' && !isForced) return choice;
  return systemIsDark ? 'dark' : 'light';
}

/** Writes the theme in force to the document, where the style sheet reads it. */
export function useThemeAttribute(): void {
  const theme = useTheme();
  // Before the page is painted: without it there is no colour to paint with.
  useLayoutEffect(() => {
    const { dataset, style } = document.documentElement;
    dataset.theme = theme;
    for (const [name, colour] of Object.entries(customProperties(theme))) style.setProperty(name, colour);
  }, [theme]);
}
