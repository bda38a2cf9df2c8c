/** Forces on pinned samples: an arrow a term, thin, and their sum, thick; each with its name at the tip. */

import { type Mark, px, type Shape } from '../mark.ts';
import { FONT, GROUND, INK } from '../palette.ts';
import { toPixelX, toPixelY } from '../view.ts';

export interface Arrow {
  /** Where the sample is drawn, and the force on it, both in feature units. */
  readonly x: number;
  readonly y: number;
  readonly forceX: number;
  readonly forceY: number;
  /** E.g. 'softmax', 'margin ← 7'. */
  readonly name: string;
  readonly isSum: boolean;
}

export interface ForcesChannels {
  readonly arrows: readonly Arrow[];
}

/** The longest arrow of a plot, in CSS pixels. */
const LONGEST = 64;
/** What is shorter is not drawn, and what is not so long has no name. */
const SHORTEST = 2;
const NAMED = 14;
const HEAD = 6;

export const forces: Mark<ForcesChannels> = {
  name: 'forces',
  channels: ['arrows'],
  group: { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' },
  render({ arrows }, { view, width, theme }) {
    const scale = LONGEST / longestOf(arrows);
    return arrows.flatMap(({ x, y, forceX, forceY, name, isSum }): Shape[] => {
      const [dx, dy] = [forceX * scale, -forceY * scale];
      const length = Math.hypot(dx, dy);
      // Also false for NaN.
      if (!(length >= SHORTEST)) return [];
      const [fromX, fromY] = [toPixelX(view, x), toPixelY(view, y)];
      const d = arrowPath(fromX, fromY, dx, dy, length);
      const line = (stroke: string, width: number): Shape => ({
        tag: 'path',
        attributes: { class: isSum ? 'force sum' : 'force', d, stroke, 'stroke-width': width },
      });
      // The ground round it keeps it in sight in the midst of points.
      const lines = [line(GROUND[theme], isSum ? 6 : 4), line(INK[theme], isSum ? 2.8 : 1.3)];
      if (length < NAMED) return lines;
      return [
        ...lines,
        {
          tag: 'text',
          attributes: {
            ...{ class: 'force-name', ...namePlace(fromX + dx, fromY + dy, dx / length, dy / length, width) },
            ...{ 'font-family': FONT, 'font-size': 10.5, 'font-weight': isSum ? 650 : 500, fill: INK[theme] },
            ...{ stroke: GROUND[theme], 'stroke-width': 3, 'paint-order': 'stroke' },
          },
          text: name,
        },
      ];
    });
  },
  key({ arrows }, theme) {
    const shown = arrows.length > 0 && Number.isFinite(longestOf(arrows));
    if (!shown) return [];
    const arrow = (width: number) => [
      {
        tag: 'path' as const,
        attributes: { d: 'M1 7H18M13 3L18 7L13 11', fill: 'none', stroke: INK[theme], 'stroke-width': width },
      },
    ];
    return [
      { sign: arrow(1.2), text: 'force of a term' },
      { sign: arrow(2.6), text: 'their sum' },
    ];
  },
};

/** Of all arrows of a plot, in units of the force; 1 where there is none. */
export function longestOf(arrows: readonly Arrow[]): number {
  const longest = Math.max(
    0,
    ...arrows.map(({ forceX, forceY }) => Math.hypot(forceX, forceY)).filter(Number.isFinite),
  );
  return longest > 0 ? longest : 1;
}

function arrowPath(fromX: number, fromY: number, dx: number, dy: number, length: number): string {
  const [toX, toY] = [fromX + dx, fromY + dy];
  const head = Math.min(HEAD, length / 2);
  const wing = (side: 1 | -1) => {
    const [backX, backY] = [(-dx / length) * head, (-dy / length) * head];
    return `${px(toX + backX - side * 0.6 * backY)},${px(toY + backY + side * 0.6 * backX)}`;
  };
  return `M${px(fromX)},${px(fromY)}L${px(toX)},${px(toY)}M${wing(1)}L${px(toX)},${px(toY)}L${wing(-1)}`;
}

/** Room for a name beside a tip, in CSS pixels. */
const NAME_ROOM = 64;

/** A name goes on where its arrow ends; at an edge of the plot it stands above the tip, turned inwards. */
function namePlace(x: number, y: number, dirX: number, dirY: number, width: number) {
  const goesLeft = dirX < 0;
  const isCramped = goesLeft ? x < NAME_ROOM : x > width - NAME_ROOM;
  const anchor = goesLeft !== isCramped ? 'end' : 'start';
  return {
    x: px(isCramped ? Math.max(2, Math.min(width - 2, x)) : x + 8 * dirX),
    y: px(isCramped ? y - 7 : y + 8 * dirY + 3.5),
    'text-anchor': anchor,
  };
}
