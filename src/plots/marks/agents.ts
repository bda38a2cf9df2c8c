/** The unit circle, and on it a ray for the agent of each class: the directions that losses on angles compare with. */

import { type Mark, px, type Shape } from '../mark.ts';
import { QUIET } from '../palette.ts';
import { toPixelX, toPixelY } from '../view.ts';
import { type LitClass, opacityOf } from './classes.ts';

export interface AgentsChannels extends LitClass {
  /** W, [2 × classes], a column an agent; undefined where none are known, or none are shown. */
  readonly agents: Float32Array | undefined;
  /** True where features are shown by their direction alone. */
  readonly isUnitCircle: boolean;
  /** A colour a class. */
  readonly colours: readonly string[];
}

export const agents: Mark<AgentsChannels> = {
  name: 'agents',
  channels: ['agents', 'isUnitCircle', 'colours', 'litClass'],
  render(channels, { view, theme }) {
    if (!channels.isUnitCircle) return [];
    const [x, y] = [px(toPixelX(view, 0)), px(toPixelY(view, 0))];
    const circle: Shape = {
      tag: 'circle',
      attributes: {
        ...{ class: 'unit-circle', cx: x, cy: y, r: px(view.scale), fill: 'none' },
        ...{ stroke: QUIET[theme], 'stroke-opacity': 0.5 },
      },
    };
    const { agents = new Float32Array(0), colours } = channels;
    const classes = agents.length / 2;
    const rays = Array.from({ length: classes }, (_, label): Shape[] => {
      const length = Math.hypot(agents[label] as number, agents[classes + label] as number);
      // An agent of length 0 has no direction.
      if (!(length > 0)) return [];
      const toX = px(toPixelX(view, (agents[label] as number) / length));
      const toY = px(toPixelY(view, (agents[classes + label] as number) / length));
      return [
        {
          tag: 'path',
          attributes: {
            ...{ class: 'agent', d: `M${x},${y}L${toX},${toY}`, stroke: colours[label] ?? 'none' },
            ...{ 'stroke-width': 1.4, 'stroke-opacity': 0.7, opacity: opacityOf(channels, label) },
          },
        },
      ];
    });
    return [circle, ...rays.flat()];
  },
  key: ({ agents, isUnitCircle }, theme) =>
    isUnitCircle && agents !== undefined
      ? [
          {
            sign: [
              { tag: 'path', attributes: { d: 'M2 13L17 2', stroke: QUIET[theme], 'stroke-width': 1.4 } },
            ],
            text: 'agent of a class',
          },
        ]
      : [],
};
