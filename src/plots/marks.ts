/** The registry: every mark of the scatter plot, from bottom to top. One more is one file and one line here. */

import type { Mark } from './mark.ts';
import { agents } from './marks/agents.ts';
import { axes } from './marks/axes.ts';
import { centres } from './marks/centres.ts';
import { circles } from './marks/circles.ts';
import { classNames } from './marks/class-names.ts';
import { field } from './marks/field.ts';
import { forces } from './marks/forces.ts';
import { images } from './marks/images.ts';
import { links } from './marks/links.ts';
import { lit } from './marks/lit.ts';
import { paths } from './marks/paths.ts';
import { pins } from './marks/pins.ts';
import { points } from './marks/points.ts';
import { regions } from './marks/regions.ts';
import { scaleBar } from './marks/scale-bar.ts';
import { stars } from './marks/stars.ts';

const ALL = [
  regions,
  points,
  images,
  axes,
  scaleBar,
  agents,
  field,
  links,
  circles,
  centres,
  paths,
  classNames,
  forces,
  pins,
  stars,
  lit,
] as const;

/** A function of the channels of each mark; one that all of them are takes all channels. */
type Reader<M> = M extends Mark<infer Channels> ? (channels: Channels) => void : never;

/** The channels of all marks together: what a scatter plot must be given. */
export type Channels = Reader<(typeof ALL)[number]> extends (channels: infer All) => void ? All : never;

export const MARKS: readonly Mark<Channels>[] = ALL;

/** What every scatter plot has. */
export type BareChannels = Pick<Channels, 'points' | 'labels' | 'names' | 'colours' | 'means' | 'centres'>;

/** A plot of points, means and centres, and nothing else: for pictures that are made without a page. */
export function bare(channels: BareChannels): Channels {
  const none: readonly never[] = [];
  return {
    ...{ circles: none, showsAllCircles: false, agents: undefined, scores: undefined, hollow: none },
    ...{ isUnitCircle: false, commonD2: undefined, pinned: none, paths: none, images: undefined },
    ...{ showsImages: false, stars: new Float32Array(0), arrows: none, field: undefined },
    ...{ litClass: undefined, highlight: -1, chosen: undefined, links: undefined },
    ...channels,
  };
}
