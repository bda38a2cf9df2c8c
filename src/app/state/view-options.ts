/** What can be drawn beside the points, and at which scale: checkboxes and radios above the panels, in their order. */

import type { Scale } from '../../plots/group.ts';

export interface ViewOption {
  /** The accessible name of its checkbox. */
  readonly name: string;
  readonly help: string;
  /** Why it is off where features have more than two dimensions; left out where it goes by points alone. */
  readonly needsPlane?: string;
}

/** The checkboxes. */
export const VIEW_OPTIONS = {
  showsRegions: {
    name: 'Decision regions',
    help: 'Tints the plane by the class that each run takes a sample there for, by its own rule.',
    needsPlane: 'Off in more than two dimensions: regions of the whole space can’t be drawn on a projection.',
  },
  showsForces: {
    name: 'Forces',
    help: 'Where each term of the objective pushes the pinned samples, or a whole class where one is lit.',
    needsPlane: 'Off in more than two dimensions: forces point out of the plane of a projection.',
  },
  showsCircles: {
    name: 'Margin circles',
    help: 'All margins round all centres. Without it: those inside of which a class belongs, and both of a lit class.',
    needsPlane: 'Off in more than two dimensions: a projection shows distances shorter than they are.',
  },
  showsImages: {
    name: 'Images',
    help: 'Samples as their images, as many as fit. Where you zoom in far enough they come by themselves.',
  },
  showsUnitCircle: {
    name: 'Unit circle',
    help: 'Features by their direction alone, as losses on angles see them, with a ray for the agent of each class.',
    needsPlane: 'Off in more than two dimensions: directions lie on a sphere then.',
  },
} as const satisfies Record<string, ViewOption>;
export type ViewOptionKey = keyof typeof VIEW_OPTIONS;

/** The radios. */
export const SCALES: Readonly<Record<Scale, ViewOption>> = {
  fit: { name: 'Fit each', help: 'Each panel shows all of its points. The axes say how large a unit is.' },
  same: { name: 'Same scale', help: 'A feature unit is equally long in all panels.' },
  sameD2: {
    name: 'Same D2',
    help: 'The mean distance between two classes is equally long in all panels: what differs to the eye is how compact they are.',
  },
};
