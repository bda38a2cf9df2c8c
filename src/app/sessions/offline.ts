/** Keeps the page for visits without a network, once it has all that it needs itself. */

import type { Commands } from '../state/commands.ts';

/** @returns false where the browser can't, or was asked to save data */
export function attachOffline(commands: Commands, { saveData }: { readonly saveData: boolean }): boolean {
  if (!import.meta.env.PROD || saveData || !('serviceWorker' in navigator)) return false;
  const unsubscribe = commands.store.subscribe((state) => {
    // The runs are made: all that the first picture needs is here.
    if (state.lab?.epoch === undefined) return;
    unsubscribe();
    register(commands).catch(() => {
      // Private windows and some policies refuse it; the page works all the same.
    });
  });
  return true;
}

async function register(commands: Commands): Promise<void> {
  const url = new URL('service-worker.js', document.baseURI);
  const registration = await navigator.serviceWorker.register(url, { updateViaCache: 'none' });
  const watch = (worker: ServiceWorker | null) => {
    const look = () => {
      // Without a controller it is the first version.
      if (worker?.state === 'installed' && navigator.serviceWorker.controller !== null) {
        commands.tell('A new version of the lab is here: it opens once all its tabs have been closed.');
      }
    };
    worker?.addEventListener('statechange', look);
    look();
  };
  // The browser looks for a new version by itself when the page opens: it may have been faster.
  watch(registration.waiting);
  watch(registration.installing);
  registration.addEventListener('updatefound', () => watch(registration.installing));
}
