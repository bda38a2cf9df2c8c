// @ts-check
/**
 * `node scripts/run.mjs NAME [ARGUMENTS]` runs a command of this folder (lib/launch.mjs). This file is plain enough to
 * be read by Nodes that are too old for the rest: no static imports, nothing newer than ES2017.
 */

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
/** The first minor version of each major one that serves, as "engines" in package.json has it; from 24 on, all do. */
const FIRST = new Map([
  [20, 19],
  [22, 12],
]);
const first = major >= 24 ? 0 : FIRST.get(major);

if (first === undefined || minor < first) {
  console.error(
    `Node.js ${process.versions.node} can’t run the lab: take 20.19 or later of 20, 22.12 or later of 22, or 24 and later.`,
  );
  process.exitCode = 1;
} else {
  import('./lib/launch.mjs').then(({ launch }) => launch(process.argv[2] || '', process.argv.slice(3)));
}
