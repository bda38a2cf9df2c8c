/** A figure on paper, or as a PDF by the browser's print dialogue: it alone, at its size. */

import type { Figure } from '../../plots/panels-figure.ts';
import { svgBlob } from './download.ts';

/** On the document while a figure is printed: the style sheet hides everything else. */
const PRINTS = 'prints-figure';

/** @throws Error where the browser can't show the figure */
export async function printFigure({ svg, width }: Figure): Promise<void> {
  const url = URL.createObjectURL(svgBlob(svg));
  const paper = document.createElement('div');
  paper.className = 'paper';
  const image = new Image(width);
  image.alt = '';
  image.src = url;
  paper.append(image);
  try {
    await image.decode();
    document.body.append(paper);
    document.documentElement.classList.add(PRINTS);
    // Returns when the dialogue is closed, or at once where it is a sheet of the system.
    window.print();
    if (matchMedia('print').matches) {
      await new Promise((resolve) => window.addEventListener('afterprint', resolve, { once: true }));
    }
  } finally {
    document.documentElement.classList.remove(PRINTS);
    paper.remove();
    URL.revokeObjectURL(url);
  }
}
