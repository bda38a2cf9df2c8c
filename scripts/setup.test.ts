/** The set-up, interrupted, damaged and refused, in copies of the checkout. */

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import manifest from '../package.json';
import { checkout, runIn, startIn } from './checkouts.ts';
import { KERNELS } from './lib/made.mjs';
import { portIn } from './lib/port.mjs';

const copies: string[] = [];
const copy = (files: readonly string[], name?: string) => {
  const root = checkout(files, name);
  copies.push(root);
  return root;
};
afterAll(() => {
  for (const root of copies) rmSync(root, { recursive: true, force: true });
});

const WHOLE = ['scripts', 'src', 'assembly', 'public', 'node_modules', 'package.json', 'package-lock.json'];
const CACHE = 'node_modules/.cache/margin-loss-lab';
/** Of no process: above what Linux and macOS give out. */
const NOBODY = 2 ** 22 + 1;

it('cut kernels and a flipped byte in the data are found and mended, by two set-ups at once, after one that died', async () => {
  const root = copy(WHOLE);
  const inCopy = (file: string) => path.join(root, file);
  const [kernel, file] = [KERNELS.simd, 'public/data/t10k-labels-00.bin'];
  truncateSync(inCopy(kernel), 1000);
  const bytes = readFileSync(inCopy(file));
  bytes[100] = (bytes[100] as number) ^ 1;
  writeFileSync(inCopy(file), bytes);
  // What earlier ones left that were killed.
  writeFileSync(inCopy('.set-up.lock'), `${hostname()} ${NOBODY}`);
  const left = ['public/data.7.tmp', 'public/data/7.tmp', `${CACHE}/data-${NOBODY}`];
  for (const folder of left) mkdirSync(inCopy(folder), { recursive: true });
  const both = ['prepare-data', 'build-kernels'].map((name) =>
    startIn(root, process.execPath, ['scripts/run.mjs', name]),
  );
  const [data, kernels] = await Promise.all(both.map(({ ended }) => ended));
  expect([data?.status, kernels?.status], `${data?.stderr}${kernels?.stderr}`).toEqual([0, 0]);
  expect(`${data?.stderr}${kernels?.stderr}`).toMatch(/^Another set-up of this folder is at work/m);
  for (const made of [kernel, file]) expect(readFileSync(inCopy(made))).toEqual(readFileSync(made));
  expect(readdirSync(inCopy(CACHE))).toEqual(['made.json']);
  expect([...left, '.set-up.lock'].filter((place) => existsSync(inCopy(place)))).toEqual([]);
  // Nothing is left to do.
  expect(runIn(root, ['build-kernels'])).toEqual({ status: 0, stderr: '' });
});

it('a set-up that takes long keeps its lock young: no other breaks it', async () => {
  const root = copy([]);
  vi.stubEnv('LAB_ROOT', root);
  vi.resetModules();
  const { withLock } = await import('./lib/lock.mjs');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const file = path.join(root, '.set-up.lock');
  await withLock(async () => {
    utimesSync(file, 0, 0);
    vi.advanceTimersByTime(60_000);
    expect(Date.now() - statSync(file).mtimeMs).toBeLessThan(60_000);
  });
  vi.useRealTimers();
  vi.unstubAllEnvs();
  expect(existsSync(file)).toBe(false);
});

it('Ctrl-C while the data are made leaves nothing', async () => {
  const root = copy(WHOLE);
  rmSync(path.join(root, 'public/data'), { recursive: true });
  const { child, ended } = startIn(root, process.execPath, ['scripts/run.mjs', 'prepare-data']);
  const staging = path.join(root, CACHE, `data-${child.pid}`);
  await vi.waitUntil(() => existsSync(staging), { timeout: 30_000, interval: 5 });
  child.kill('SIGINT');
  expect((await ended).status).toBe(130);
  expect(readdirSync(path.join(root, CACHE))).toEqual([]);
  expect(readdirSync(path.join(root, 'public/data'))).toEqual([]);
  expect(existsSync(path.join(root, '.set-up.lock'))).toBe(false);
});

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'npm start says its address once it serves, keeps port and files, and ends with npm: %s',
  async (signal) => {
    // The page is a stand-in, which is built in no time.
    const root = copy(['scripts', 'node_modules', 'package.json', 'package-lock.json']);
    writeFileSync(path.join(root, 'index.html'), '<!doctype html><title>Stand-in</title>');
    const environment = { PORT: String(await freePort()), LAB_ROOT: root };
    const { child, ended, said } = startIn(root, 'npm', ['start'], environment);
    const url = `http://localhost:${environment.PORT}/`;
    await vi.waitUntil(() => said().includes(`is at ${url} `), { timeout: 120_000 });
    expect(await (await fetch(url)).text()).toContain('Stand-in');
    writeFileSync(path.join(root, 'dist/marker'), '');
    const second = runIn(root, ['start'], { env: environment });
    expect([second.status, second.stderr]).toEqual([
      1,
      `Port ${environment.PORT} is taken: PORT=8080 npm start serves the lab at another.\n`,
    ]);
    expect(existsSync(path.join(root, 'dist/marker')), 'dist is as it was').toBe(true);
    child.kill(signal);
    await ended;
    await vi.waitUntil(
      () =>
        fetch(url).then(
          () => false,
          () => true,
        ),
      { timeout: 60_000 },
    );
  },
  240_000,
);

it.each(['', 'abc', '99999', '0', '-1', '80.5', '0x50', ' '])('PORT=“%s” is refused', (text) => {
  expect(() => portIn(text)).toThrow(`PORT is a whole number from 1 to 65535, not “${text}”.`);
});

it('the usual port is 4173', () => {
  expect([portIn(undefined), portIn('8080')]).toEqual([4173, 8080]);
});

/** As after `git clone`, without what `npm ci` makes. */
const bare = (name?: string) => copy(['scripts', 'package.json', 'package-lock.json'], name);

it('PORT= is refused before anything is installed', () => {
  const root = bare();
  expect(runIn(root, ['start'], { env: { PORT: '' } })).toEqual({
    status: 2,
    stderr: 'PORT is a whole number from 1 to 65535, not “”.\n',
  });
  expect(existsSync(path.join(root, 'node_modules'))).toBe(false);
});

it('a lock file of npm that is damaged is named', () => {
  const root = bare();
  writeFileSync(path.join(root, 'package-lock.json'), '{"packages":');
  expect(runIn(root, ['start'])).toEqual({
    status: 1,
    stderr: 'package-lock.json is missing or damaged: git checkout package-lock.json brings it back.\n',
  });
});

it.each(['#', '?'])('a path with %s is refused, since Vite can’t build there', (character) => {
  const root = bare(`a${character}b-`);
  const { status, stderr } = runIn(root, ['prepare-data']);
  expect([status, stderr]).toEqual([
    1,
    `The lab can’t be built in ${root}: move it to a folder without ${character} in its path.\n`,
  ]);
});

it('a folder that takes no files is named', () => {
  const root = bare();
  const isRoot = process.getuid?.() === 0;
  chmodSync(root, 0o555);
  const { status, stderr } = runIn(root, ['start'], isRoot ? { uid: 65_534, gid: 65_534 } : {});
  chmodSync(root, 0o755);
  expect([status, stderr]).toEqual([1, `The folder ${root} can’t be written: permission is denied.\n`]);
});

it('a package that is gone is installed, and where that fails it is said', () => {
  const root = copy(['scripts', 'node_modules', 'package.json', 'package-lock.json']);
  rmSync(path.join(root, 'node_modules/d3'));
  // A stand-in for npm, which can't.
  mkdirSync(path.join(root, 'bin'));
  writeFileSync(path.join(root, 'bin/npm'), '#!/bin/sh\necho "npm $@" >&2\nexit 1\n', { mode: 0o755 });
  const { status, stderr } = runIn(root, ['walls'], {
    env: { PATH: `${path.join(root, 'bin')}:/usr/bin:/bin` },
  });
  expect([status, stderr.split('\n')]).toEqual([
    1,
    [
      'Installing packages (npm ci).',
      'npm ci --no-fund --no-audit',
      'The packages could not be installed: npm ci failed. Is the npm registry reachable?',
      '',
    ],
  ]);
});

/** A copy in which this package has only these files and its package.json. */
function copyWithHalf(name: string, files: Readonly<Record<string, string>> = {}): string {
  const root = copy(['scripts', 'src', 'node_modules', 'package.json', 'package-lock.json']);
  const half = path.join(root, 'node_modules', name);
  rmSync(half);
  mkdirSync(path.join(half, 'dist'), { recursive: true });
  const own = readFileSync(path.join('node_modules', name, 'package.json'), 'utf8');
  for (const [file, text] of Object.entries({ ...files, 'package.json': own })) {
    writeFileSync(path.join(half, file), text);
  }
  return root;
}

it('a program that is not there is named', () => {
  const root = copy(['scripts', 'node_modules', 'package.json', 'package-lock.json']);
  rmSync(path.join(root, 'node_modules/d3'));
  const { status, stderr } = runIn(root, ['walls'], { env: { PATH: root } });
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^npm can’t be started: spawn npm ENOENT\.$/m)]);
});

it('half a package is named', () => {
  const { status, stderr } = runIn(copyWithHalf('valibot'), ['loss', '--help']);
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/^A package in node_modules is not whole; npm ci .*valibot.*\n$/),
  ]);
});

it('so is one of which a file within is gone, by the page’s build', async () => {
  const root = copyWithHalf('valibot', { 'dist/index.mjs': "export * from './gone.mjs';" });
  // The page is a stand-in.
  writeFileSync(path.join(root, 'index.html'), '<script type="module">import "valibot";</script>');
  const { status, stderr } = runIn(root, ['start'], {
    env: { PORT: String(await freePort()), LAB_ROOT: root },
  });
  expect([status, stderr.split('\n').at(-2)]).toEqual([
    1,
    expect.stringMatching(/^The lab could not be built: A package in node_modules is not whole; .*valibot/),
  ]);
});

/** The version is a stand-in; the Node is the one that runs this. */
it.each(['18.20.8', '20.18.3', '23.11.1'])('Node %s is refused', (version) => {
  const preload = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'${version}'}})`;
  const { status, stderr } = runIn(bare(), ['start'], { env: { NODE_OPTIONS: `--import ${preload}` } });
  expect([status, stderr]).toEqual([
    1,
    `Node.js ${version} can’t run the lab: take 20.19 or later of 20, 22.12 or later of 22, or 24 and later.\n`,
  ]);
});

it('package.json asks for the same Nodes', () => {
  expect(manifest.engines.node).toBe('^20.19.0 || ^22.12.0 || >=24');
});
