/** Start-up: the page first, then the worker and the data. */

import './page/base.css';
import './page/forced-colors.css';
import './page/print.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { DATA_SET_IDS } from '../data/sets.ts';
import { LabClient } from '../training/link/client.ts';
import { App } from './page/App.tsx';
import { MODE } from './page/mode.ts';
import { attachShortcuts } from './page/shortcuts.ts';
import { fetchRecordedImages, fetchRecording } from './sessions/fetch-recording.ts';
import { attachOffline } from './sessions/offline.ts';
import { createCommands } from './state/commands.ts';
import { backendMemory, coresMemory, ownSetsMemory } from './state/device-memory.ts';
import { createHashWriter } from './state/hash.ts';
import { attachPlayer } from './state/player.ts';

declare global {
  interface Navigator {
    /** Not in every browser. */
    readonly connection?: { readonly saveData?: boolean };
  }
}

// In a frame of another page nobody may ever press Train.
const saveData = MODE === 'embed' || (navigator.connection?.saveData ?? false);
const commands = createCommands({
  hash: location.hash,
  dataUrl: new URL('data/', document.baseURI).href,
  saveData,
  prefersStill: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  onHash: createHashWriter(),
  createClient: () => new LabClient(),
  backendMemory,
  coresMemory,
  ownSets: ownSetsMemory.get(),
  fetchRecordedImages,
});
// A link that is pasted over the open page is another experiment.
window.addEventListener('hashchange', () => commands.openLink(location.hash));

attachPlayer(commands);
attachShortcuts(commands);
attachOffline(commands, { saveData });
// Turns nothing in two dimensions, which the page begins with.
const untilWide = commands.store.subscribe(({ isTouring }) => {
  if (!isTouring) return;
  untilWide();
  import('./state/tour.ts').then(({ attachTour }) => attachTour(commands));
});
window.addEventListener('online', () => {
  if (commands.store.getState().dataProblem !== undefined) commands.retryData();
});
// Before anything else is fetched: it is the first picture. Without it the page works all the same.
fetchRecording()
  .then(
    (recording) => commands.takeRecording(recording),
    (error: Error) => commands.tell(`${error.message} The page works without it.`),
  )
  .finally(() => commands.start());

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <App commands={commands} />
  </StrictMode>,
);

// Which data sets there are beside the one that comes with the page.
fetch(new URL('data/sets.json', document.baseURI))
  .then((answer) => answer.json())
  .then(
    (ids: unknown) => {
      const here = DATA_SET_IDS.filter((id) => Array.isArray(ids) && ids.includes(id));
      if (here.length > 0) commands.show({ dataSets: here });
    },
    () => {},
  );

// Nothing of the first picture needs these.
import('./numbers/evaluator.ts').then(
  ({ attachEvaluator }) => attachEvaluator(commands),
  () => commands.tell('Some measures can’t be computed: a part of the page did not load.'),
);

// What stands in a frame of another page is no visit.
if (MODE !== 'embed')
  import('./sessions/autosave.ts').then(
    ({ attachAutosave }) => attachAutosave(commands),
    () => commands.tell('This visit is not kept for the next one: a part of the page did not load.'),
  );

// The worker is fetched when the recording is here, or after the first paint; in a background tab, where nothing is painted, at once.
if (document.hidden) commands.start();
else requestAnimationFrame(() => setTimeout(() => commands.start()));
