/** Shapes to SVG: elements on the page, or text for a file. */

import type { Selection } from 'd3';
import type { Attributes, Frame, Mark, Shape } from './mark.ts';

export const SVG = 'http://www.w3.org/2000/svg';

/** Brings the elements of `group` to what the mark draws now. */
export function drawMark<Channels>(
  group: Selection<SVGGElement, unknown, null, undefined>,
  mark: Mark<Channels>,
  channels: Channels,
  frame: Frame,
): void {
  group
    .selectChildren<SVGElement, Shape>()
    .data(mark.render(channels, frame), ({ tag }, i) => `${tag} ${i}`)
    .join((enter) => enter.append(({ tag }) => document.createElementNS(SVG, tag)))
    .each(function ({ attributes, text }) {
      setAttributes(this, attributes);
      if (text !== undefined && this.textContent !== text) this.textContent = text;
    });
}

/** Sets these attributes where they differ, so that the browser restyles only what moves, and takes all others away. */
function setAttributes(element: Element, attributes: Attributes): void {
  for (const name of element.getAttributeNames()) if (!(name in attributes)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) {
    const text = String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/** What the mark draws, as a group in an SVG document. */
export function markText<Channels>(mark: Mark<Channels>, channels: Channels, frame: Frame): string {
  const shapes = mark
    .render(channels, frame)
    .map(({ tag, attributes, text }) => element(tag, attributes, text));
  return element('g', { class: mark.name, ...mark.group }, `\n${shapes.join('\n')}\n`, true);
}

/** A shape as an SVG element in text. */
export function shapeText({ tag, attributes, text }: Shape): string {
  return element(tag, attributes, text);
}

/** An element as text. Its content is text, too, or markup where it is said to be. */
function element(tag: string, attributes: Attributes, content = '', isMarkup = false): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const head = `<${tag}${written.join('')}`;
  return content === '' ? `${head}/>` : `${head}>${isMarkup ? content : escaped(content)}</${tag}>`;
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
