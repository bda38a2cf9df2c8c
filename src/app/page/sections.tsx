/**
 * The registry: the sections of the page, in their order. One more is one component and one line here; App puts it
 * into its place, where it may fail by itself.
 */

import { type ComponentType, lazy, type ReactNode } from 'react';
import { Panels } from '../panel/Panels.tsx';
import type { PageState } from '../state/store.ts';
import '../numbers/numbers.css';
import { MODES, type Mode } from './mode.ts';
import { Notices } from './Notices.tsx';
import { Timeline } from './Timeline.tsx';
import { ViewBar } from './ViewBar.tsx';

export interface Section {
  readonly id: string;
  /** Subject of the sentence that says that it could not be shown. */
  readonly title: string;
  /**
   * 'stage': what is looked at; 'side': beside it, a sheet on small screens; 'numbers': below both, one under the
   * other; 'story': below the numbers; 'dock': at the foot of the screen, always in reach; 'over': over the page, only while there is something to say.
   */
  readonly place: 'stage' | 'side' | 'numbers' | 'story' | 'dock' | 'over';
  /** How the page is shown where it is there; the whole lab alone where it is left out. */
  readonly modes?: readonly Mode[];
  readonly component: ComponentType;
  /** Where it is there only now and then: its code is fetched when it is first wanted. */
  readonly isOpen?: (state: PageState) => boolean;
  /** Stands in its place where it failed. */
  readonly placeholder?: ReactNode;
}

/** A component whose code is fetched apart: nothing of the first picture needs it. */
const later = (load: () => Promise<ComponentType>) => lazy(async () => ({ default: await load() }));

export const SECTIONS: readonly Section[] = [
  {
    id: 'guide',
    title: 'The guide',
    place: 'stage',
    modes: ['lab', 'present'],
    isOpen: ({ guide }) => guide !== undefined,
    component: later(async () => (await import('../story/Guide.tsx')).Guide),
  },
  { id: 'legend', title: 'The legend', place: 'stage', component: ViewBar },
  { id: 'panels', title: 'The row of panels', place: 'stage', modes: MODES, component: Panels },
  { id: 'timeline', title: 'The timeline', place: 'dock', modes: MODES, component: Timeline },
  {
    id: 'pinned',
    title: 'The card of pinned samples',
    place: 'stage',
    component: later(async () => (await import('../panel/Pinned.tsx')).Pinned),
  },
  {
    id: 'gallery',
    title: 'The gallery',
    place: 'stage',
    component: later(async () => (await import('../gallery/Gallery.tsx')).Gallery),
  },
  {
    id: 'digit',
    title: 'The pad',
    place: 'stage',
    component: later(async () => (await import('../digit/DigitPad.tsx')).DigitPad),
  },
  {
    id: 'controls',
    title: 'The controls',
    place: 'side',
    component: later(async () => (await import('./Controls.tsx')).Controls),
    placeholder: <div className="controls surface" />,
  },
  {
    id: 'curves',
    title: 'The curves',
    place: 'numbers',
    component: later(async () => (await import('../numbers/Curves.tsx')).Curves),
    placeholder: <div className="curves-place surface" />,
  },
  {
    id: 'measures',
    title: 'The table of measures',
    place: 'numbers',
    component: later(async () => (await import('../numbers/MeasuresTable.tsx')).MeasuresTable),
  },
  {
    id: 'repeats',
    title: 'The repeats with several seeds',
    place: 'numbers',
    component: later(async () => (await import('../numbers/Repeats.tsx')).Repeats),
  },
  {
    id: 'verification',
    title: 'The verification',
    place: 'numbers',
    component: later(async () => (await import('../numbers/Evaluations.tsx')).Evaluations),
  },
  {
    id: 'experiments',
    title: 'The experiments worth loading',
    place: 'story',
    component: later(async () => (await import('../story/Experiments.tsx')).Experiments),
  },
  {
    id: 'explanation',
    title: 'The explanation',
    place: 'story',
    component: later(async () => (await import('../story/Explanation.tsx')).Explanation),
  },
  {
    id: 'notices',
    title: 'What the page has to say',
    place: 'over',
    modes: MODES,
    component: Notices,
    placeholder: <p role="alert">The notices could not be shown.</p>,
  },
  {
    id: 'export',
    title: 'The export',
    place: 'over',
    isOpen: ({ isExporting }) => isExporting,
    component: later(async () => (await import('../export/Export.tsx')).Export),
  },
  {
    id: 'images',
    title: 'Opening images',
    place: 'over',
    isOpen: ({ isOpeningImages }) => isOpeningImages,
    component: later(async () => (await import('../images/OpenImages.tsx')).OpenImages),
  },
  {
    id: 'drop-zone',
    title: 'Opening by dropping a file',
    place: 'over',
    component: later(async () => (await import('./DropZone.tsx')).DropZone),
  },
];
