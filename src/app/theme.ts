/** Light or dark: the reader's choice, else the system's. */

import { useEffect, useSyncExternalStore } from 'react';
import type { Theme } from '../plots/palette.ts';
import { useLabState } from './context.ts';

const query = () => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const media = query();
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** The theme in force. */
export function useTheme(): Theme {
  const choice = useLabState((state) => state.theme);
  const systemIsDark = useSyncExternalStore(subscribe, () => query().matches);
  if (choice !== 'auto') return choice;
  return systemIsDark ? 'dark' : 'light';
}

/** Writes the theme in force to the document, where the style sheet reads it. */
export function useThemeAttribute(): void {
  const theme = useTheme();
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}
