/** Where samples of one class would be pushed from all over the plane: short strokes whose length is the force. */

import { type KeyEntry, type Mark, px, type Shape } from '../mark.ts';
import { INK } from '../palette.ts';
import { toPixelX, toPixelY } from '../view.ts';

export interface Field {
  readonly label: number;
  /** [count × 2], a grid in feature units. */
  readonly places: Float32Array;
  /** [count × 2]. */
  readonly forces: Float32Array;
  /** Between two places of the grid, in feature units. */
  readonly spacing: number;
}

export interface FieldChannels {
  readonly field: Field | undefined;
  /** A colour and a name a class. */
  readonly colours: readonly string[];
  readonly names: readonly string[];
}

/** The longest stroke, in spacings of the grid. */
const LONGEST = 0.85;

export const field: Mark<FieldChannels> = {
  name: 'field',
  channels: ['field', 'colours'],
  group: { 'stroke-linecap': 'round' },
  render({ field, colours }, { view, theme }) {
    if (field === undefined) return [];
    const { label, places, forces, spacing } = field;
    const longest = Math.max(...lengths(forces).filter(Number.isFinite), 0);
    const scale = longest > 0 ? (LONGEST * spacing * view.scale) / longest : 0;
    const stroke = colours[label] ?? INK[theme];
    return Array.from({ length: places.length / 2 }, (_, i): Shape[] => {
      const [dx, dy] = [(forces[2 * i] as number) * scale, -(forces[2 * i + 1] as number) * scale];
      const [x, y] = [toPixelX(view, places[2 * i] as number), toPixelY(view, places[2 * i + 1] as number)];
      if (!Number.isFinite(dx + dy)) return [];
      // A dot where it starts: else no one could tell which way.
      return [
        {
          tag: 'circle',
          attributes: {
            class: 'stroke-start',
            cx: px(x),
            cy: px(y),
            r: 1.3,
            fill: stroke,
            'fill-opacity': 0.7,
          },
        },
        {
          tag: 'path',
          attributes: {
            ...{ class: 'stroke', d: `M${px(x)},${px(y)}l${px(dx)},${px(dy)}`, stroke },
            ...{ 'stroke-width': 1.3, 'stroke-opacity': 0.75 },
          },
        },
      ];
    }).flat();
  },
  key: ({ field, colours, names }): readonly KeyEntry[] =>
    field === undefined
      ? []
      : [
          {
            sign: [
              { tag: 'circle', attributes: { cx: 4, cy: 10, r: 1.6, fill: colours[field.label] ?? 'none' } },
              {
                tag: 'path',
                attributes: { d: 'M4 10L16 4', stroke: colours[field.label] ?? 'none', 'stroke-width': 1.4 },
              },
            ],
            text: `where a ${names[field.label]} would be pushed, by length`,
          },
        ],
};

function lengths(forces: Float32Array): number[] {
  return Array.from({ length: forces.length / 2 }, (_, i) =>
    Math.hypot(forces[2 * i] as number, forces[2 * i + 1] as number),
  );
}
