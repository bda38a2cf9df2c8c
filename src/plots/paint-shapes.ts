/** Shapes onto a canvas, for pictures that are made where no document is: in a worker. The third way to draw a mark. */

import type { Attributes, Shape } from './mark.ts';

type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** Draws shapes from bottom to top; `group` is what they have in common. Lengths in CSS pixels of the context. */
export function paintShapes(context: Context, shapes: readonly Shape[], group: Attributes = {}): void {
  for (const { tag, attributes, text } of shapes) {
    const own: Attributes = { ...group, ...attributes };
    const number = (name: string, usual: number) => Number(own[name] ?? usual);
    const ink = (name: 'fill' | 'stroke', usual: string) => String(own[name] ?? usual);
    const opacity = number('opacity', 1);
    const fill = ink('fill', 'black');
    const stroke = ink('stroke', 'none');
    context.save();
    context.lineWidth = number('stroke-width', 1);
    context.lineCap = (own['stroke-linecap'] as CanvasLineCap) ?? 'butt';
    context.lineJoin = (own['stroke-linejoin'] as CanvasLineJoin) ?? 'miter';
    context.setLineDash(
      String(own['stroke-dasharray'] ?? '')
        .split(/[ ,]+/)
        .filter(Boolean)
        .map(Number),
    );
    const filled = (draw: () => void) => {
      if (fill === 'none') return;
      context.globalAlpha = opacity * number('fill-opacity', 1);
      context.fillStyle = fill;
      draw();
    };
    const stroked = (draw: () => void) => {
      if (stroke === 'none') return;
      context.globalAlpha = opacity * number('stroke-opacity', 1);
      context.strokeStyle = stroke;
      draw();
    };
    if (tag === 'text') {
      const [x, y] = [number('x', 0), number('y', 0)];
      context.font = `${own['font-weight'] ?? 400} ${number('font-size', 10)}px ${own['font-family'] ?? 'sans-serif'}`;
      context.textAlign = ({ middle: 'center', end: 'right' } as const)[String(own['text-anchor'])] ?? 'left';
      context.textBaseline = own['dominant-baseline'] === 'central' ? 'middle' : 'alphabetic';
      // The ground round a name lies below it.
      stroked(() => context.strokeText(text ?? '', x, y));
      filled(() => context.fillText(text ?? '', x, y));
    } else {
      const path = tag === 'path' ? new Path2D(String(own.d)) : new Path2D();
      if (tag === 'circle')
        path.arc(number('cx', 0), number('cy', 0), Math.max(0, number('r', 0)), 0, 2 * Math.PI);
      filled(() => context.fill(path));
      stroked(() => context.stroke(path));
    }
    context.restore();
  }
}
