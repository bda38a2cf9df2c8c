/** Light or dark: the reader's choice, else the system's. */

import { useLayoutEffect, useSyncExternalStore } from 'react';
import { customProperties, type Theme } from '../../plots/palette.ts';
import { usePageState } from '../state/context.ts';

const query = () => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const media = query();
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** The theme in force. */
export function useTheme(): Theme {
  const choice = usePageState((state) => state.theme);
  const systemIsDark = useSyncExternalStore(subscribe, () => query().matches);
  if (choice !== 'auto') return choice;
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
