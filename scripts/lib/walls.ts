/**
 * The walls of the layout (../shared/DESIGN.md, docs/architecture.md): what each room of src/ may import, as lists of
 * what is allowed. dependency-cruiser reads the imports and holds them against the lists.
 */

import { existsSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { IDependency, IModule } from 'dependency-cruiser';

/** A part of src/ with the same walls. Places are regular expressions of paths from the project's folder. */
interface Room {
  readonly files: readonly string[];
  /** Of these, files of another room. */
  readonly except?: readonly string[];
  /** What its code may import. */
  readonly imports: readonly string[];
  /** What it may import types of, beside. */
  readonly types?: readonly string[];
  /** What it may import when the time has come, `import('…')`. */
  readonly late?: readonly string[];
}

const npm = (name: string) => `(^|/)node_modules/${name}/`;
const CORE = npm('@tensorflow/tfjs-core');
const BACKENDS = npm('@tensorflow/tfjs-backend-[^/]+');
const WASM_FILES = `${npm('@tensorflow/tfjs-backend-wasm')}dist/[^/]+[.]wasm$`;
/** Tests, and what only tests use. */
const TESTS = '([.]test|[/-]in-tests)[.]tsx?$';

const DATA = '^src/data/';
const NETWORK = '^src/network/';
/** Of network: shapes of parameters, as plain data. */
const PARAMETER_SPECS = '^src/network/parameter-specs[.]ts$';
const LOSSES = '^src/losses/';
/** Of losses: what the page reads, without TensorFlow.js. */
const LOSS_RECORDS = [
  '^src/losses/(term|terms|annealing|objective|schedule|presets|equation)[.]ts$',
  '^src/losses/[^/]+/record[.]ts$',
];
const LOSS_TENSORS = '^src/losses/[^/]+/loss[.]ts$';
const MEASURES = '^src/measures/';
const TRAINING = '^src/training/';
const LAB = '^src/training/lab/';
const LANES = '^src/training/lanes/';
const BACKEND = '^src/training/backend/';
const KERNELS = '^src/training/kernels/';
const LINK = '^src/training/link/';
/** What an experiment, its states and its live changes are, as plain data. */
const PLANS = '^src/training/(experiment|checkpoint|agreement|past|schemas|changes|requests)[.]ts$';
/** Where kernels are named that a backend may have. */
const KERNEL_NAMES = '^src/training/lab/(adam|batch|lockstep)[.]ts$';
const WORKER = '^src/training/link/worker[.]ts$';
const TIMELINE = '^src/timeline/';
const PLOTS = '^src/plots/';
const APP = '^src/app/';

/** In the order in which data flows: nothing imports what comes after it. */
const ROOMS: readonly Room[] = [
  { files: [DATA], imports: [DATA, npm('valibot'), npm('fflate')] },
  { files: [NETWORK], imports: [NETWORK, DATA, CORE] },
  { files: LOSS_RECORDS, imports: LOSS_RECORDS, types: [LOSSES, CORE], late: [LOSS_TENSORS] },
  { files: [LOSSES], except: LOSS_RECORDS, imports: [LOSSES, DATA, CORE] },
  { files: [MEASURES], imports: [MEASURES, DATA], types: [LOSSES] },
  {
    files: [PLANS],
    imports: [PLANS, DATA, PARAMETER_SPECS, MEASURES, ...LOSS_RECORDS, npm('valibot')],
  },
  {
    files: [LAB],
    imports: [LAB, PLANS, DATA, NETWORK, LOSSES, MEASURES, CORE],
  },
  { files: [LANES], imports: [LANES, LAB, PLANS, DATA, NETWORK, LOSSES, CORE] },
  { files: [KERNELS], imports: [KERNELS, KERNEL_NAMES, CORE, BACKENDS] },
  {
    files: [BACKEND],
    imports: [BACKEND, KERNELS, LAB, PLANS, DATA, NETWORK, LOSSES, CORE, BACKENDS],
  },
  { files: [LINK], imports: [TRAINING, DATA, NETWORK, LOSSES, MEASURES, CORE, npm('valibot')] },
  { files: [WORKER], imports: [WASM_FILES] },
  {
    files: [TIMELINE],
    imports: [TIMELINE, DATA, MEASURES, ...LOSS_RECORDS, npm('valibot')],
    types: [LOSSES, TRAINING],
  },
  {
    files: [PLOTS],
    imports: [PLOTS, npm('d3')],
    types: [DATA, LOSSES, MEASURES, TRAINING, TIMELINE],
  },
  {
    files: [APP],
    imports: [APP, PLOTS, TIMELINE, LINK, MEASURES, ...LOSS_RECORDS, DATA, npm('(?!@tensorflow/).+')],
  },
];

const TYPES_ONLY = ['type-only', 'type-import'] as const;

/** dependency-cruiser's form of the lists: an import that none of them allows is a breach. */
const allowed = [
  ...ROOMS.flatMap(({ files, except = [], imports, types = [], late = [] }) => {
    const from = { path: [...files], pathNot: [TESTS, ...except] };
    return [
      { from, to: { path: [...imports] } },
      ...(types.length === 0 ? [] : [{ from, to: { path: [...types], dependencyTypes: [...TYPES_ONLY] } }]),
      ...(late.length === 0 ? [] : [{ from, to: { path: [...late], dynamic: true } }]),
    ];
  }),
  // Tests open backends and borrow helpers, but the page is for its own tests.
  { from: { path: TESTS }, to: { pathNot: APP } },
  { from: { path: `${APP}.*${TESTS}` }, to: {} },
];

/** An import that crosses a wall. */
export interface Breach {
  readonly from: string;
  readonly to: string;
}

export interface Graph {
  readonly modules: readonly IModule[];
  readonly breaches: readonly Breach[];
  /** A circle of imports that run, if there is one: its files in order. */
  readonly circle: readonly string[] | undefined;
}

/** Reads the imports of src/ in a folder. */
export async function readImports(folder: string): Promise<Graph> {
  giveTypeScript();
  const cruiser = await import('dependency-cruiser');
  const { output } = await cruiser.cruise(['src'], {
    baseDir: folder,
    doNotFollow: { path: '(^|/)node_modules/' },
    // Imports of types are walls' business, too.
    tsPreCompilationDeps: true,
    validate: true,
    ruleSet: { allowed, allowedSeverity: 'error' },
  });
  if (typeof output === 'string') throw new Error('The imports came as text.');
  const modules = output.modules.filter(({ source }) => source.startsWith('src/'));
  const breaches = modules.flatMap(({ source, dependencies }) =>
    dependencies.filter(({ valid }) => !valid).map(({ resolved }) => ({ from: source, to: resolved })),
  );
  return { modules, breaches, circle: circleOf(modules) };
}

/** An import that runs from one folder to another. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** The same can be reached by way of other folders. */
  readonly isImplied: boolean;
}

/** The imports that run between the folders of src/, by name, tests left out; training's folders count each by itself. */
export function arrowsOf({ modules }: Graph): readonly Arrow[] {
  const below = new Map<string, Set<string>>();
  for (const { source, dependencies } of modules) {
    if (new RegExp(TESTS).test(source)) continue;
    const from = folderOf(source);
    const targets = below.get(from) ?? new Set();
    below.set(from, targets);
    for (const each of dependencies) {
      const to = folderOf(each.resolved);
      if (each.resolved.startsWith('src/') && !isOfTypes(each) && to !== from) targets.add(to);
    }
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(below.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return [...below]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([from, targets]) =>
      [...targets].sort().map((to) => ({
        from,
        to,
        isImplied: [...targets].some((other) => other !== to && reaches(other, to)),
      })),
    );
}

/** A room's name, e.g. 'losses' or 'training/lab'. */
function folderOf(file: string): string {
  const [, room = '', inner = ''] = file.split('/');
  return room === 'training' && !inner.includes('.') ? `${room}/${inner}` : room;
}

/** The arrows in Graphviz's language. From top to bottom; what is implied is drawn thinner. */
export function drawingOf(arrows: readonly Arrow[]): string {
  const names = [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].sort();
  const nodeOf = (name: string) => `"${name}" [label="${name === 'training' ? 'training/*.ts' : name}"];`;
  return [
    'digraph imports {',
    'graph [rankdir=TB, nodesep=0.35, ranksep=0.6, pad=0.2, bgcolor="white"];',
    'node [shape=box, style="rounded,filled", fillcolor="#eef2f8", color="#5b6b82", margin="0.18,0.08",',
    '  fontname="Helvetica, Arial, sans-serif", fontsize=14, height=0];',
    'edge [color="#33415c", arrowsize=0.7];',
    ...names.filter((name) => !name.startsWith('training')).map(nodeOf),
    'subgraph cluster_training {',
    '  style="rounded"; color="#c3cad6"; label=""; margin=14;',
    ...names.filter((name) => name.startsWith('training')).map(nodeOf),
    '}',
    ...arrows.map(
      ({ from, to, isImplied }) =>
        `"${from}" -> "${to}"${isImplied ? ' [color="#b4bccb", penwidth=0.8, arrowsize=0.5, weight=0]' : ' [penwidth=1.5, weight=8]'};`,
    ),
    '}',
  ].join('\n');
}

/**
 * dependency-cruiser reads TypeScript by the compiler that it finds, and beside TypeScript 7 it reads none and says
 * nothing. So it gets a 6 of its own, where Node looks first.
 */
function giveTypeScript(): void {
  const root = process.env.LAB_ROOT ?? process.cwd();
  const place = path.join(root, 'node_modules/dependency-cruiser/node_modules/typescript');
  if (existsSync(place)) return;
  symlinkSync(path.join(root, 'node_modules/typescript-6'), place, 'junction');
}

const isOfTypes = ({ dependencyTypes }: IDependency) =>
  dependencyTypes.some((type) => TYPES_ONLY.some((ofTypes) => ofTypes === type));

/** dependency-cruiser's own search ends at the first circle through a file, which may be one of types. */
function circleOf(modules: readonly IModule[]): readonly string[] | undefined {
  const imports = new Map(
    modules.map(({ source, dependencies }) => [
      source,
      dependencies.filter((each) => !isOfTypes(each)).map(({ resolved }) => resolved),
    ]),
  );
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of imports.get(file) ?? []) {
      const circle = walk(next, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const circle = walk(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
