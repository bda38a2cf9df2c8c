/** Start-up: the page first, then the worker and the data. */

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LabClient } from '../training/client.ts';
import { App } from './App.tsx';
import { backendMemory } from './backendMemory.ts';
import { attachEvaluator } from './evaluator.ts';
import { createHashWriter } from './hash.ts';
import { createLab } from './lab.ts';
import { attachOffline } from './offline.ts';
import { attachPlayer } from './player.ts';
import { fetchRecording } from './recorded.ts';
import { attachShortcuts } from './shortcuts.ts';
import './page.css';
import './controls.css';
import './panels.css';
import './numbers.css';
import './small.css';

declare global {
  interface Navigator {
    /** Not in every browser. */
    readonly connection?: { readonly saveData?: boolean };
  }
}

const saveData = navigator.connection?.saveData ?? false;
const lab = createLab({
  hash: location.hash,
  dataUrl: new URL('data/', document.baseURI).href,
  saveData,
  prefersStill: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  onHash: createHashWriter(),
  createClient: () => new LabClient(),
  backendMemory,
});
// A link that is pasted over the open page is a new experiment.
window.addEventListener('hashchange', () => location.reload());

attachPlayer(lab);
attachEvaluator(lab);
attachShortcuts(lab);
attachOffline(lab, { saveData });
window.addEventListener('online', () => {
  if (lab.store.getState().dataProblem !== undefined) lab.retryData();
});
// Before anything else is fetched: it is the first picture. Without it the page works all the same.
fetchRecording(new URL('recording.mll', document.baseURI).href).then(
  (recording) => lab.takeRecording(recording),
  (error: Error) => lab.tell(`${error.message} The page works without it.`),
);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <App lab={lab} />
  </StrictMode>,
);

// Nothing of the first picture needs these.
import('./keeping.ts').then(
  ({ attachKeeping }) => attachKeeping(lab),
  () => lab.tell('This visit is not kept for the next one: a part of the page did not load.'),
);

// After the first paint; in a background tab, where nothing is painted, at once.
if (document.hidden) lab.start();
else requestAnimationFrame(() => setTimeout(() => lab.start()));
