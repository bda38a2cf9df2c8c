/**
 * `npm run walls`: no import in src/ crosses a wall, and there is no circle. `npm run graph` draws the imports to
 * docs/imports.svg.
 */

import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './lib/project.mjs';
import { arrowsOf, drawingOf, readImports } from './lib/walls.ts';

async function check(): Promise<void> {
  const { modules, breaches, circle } = await readImports(ROOT);
  for (const { from, to } of breaches) console.error(`${from} may not import ${to}.`);
  if (circle !== undefined) console.error(`A circle: ${circle.join(' → ')}.`);
  const isCode = (file: string) => /[.]tsx?$/.test(file);
  const seen = modules.filter(({ source }) => isCode(source)).length;
  const there = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    isCode,
  ).length;
  if (seen < there) console.error(`Only ${seen} of the ${there} files of src/ were read.`);
  const isSound = breaches.length === 0 && circle === undefined && seen >= there;
  if (isSound) console.log(`${seen} files, no import crosses a wall, no circle.`);
  process.exitCode = isSound ? 0 : 1;
}

async function draw(): Promise<void> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  const file = path.join(ROOT, 'docs/imports.svg');
  const svg = graphviz.dot(drawingOf(arrowsOf(await readImports(ROOT))));
  writeFileSync(
    file,
    svg.replace('<g id="graph0"', '<title>Imports between the folders of src/</title>\n$&'),
  );
  console.log(file);
}

export default function main([word]: readonly string[]): Promise<void> {
  return word === 'draw' ? draw() : check();
}
