/** Notices of made-up packages, and of the page's own build; e2e/bundle.test.ts reads those that are served. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BundledPackages, noticesText } from './lib/notices.ts';
import { ROOT } from './lib/project.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'notices-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A package with one module; returns the module's path. */
function packageOf(name: string, files: Readonly<Record<string, string>>, license = 'MIT'): string {
  const root = path.join(folder, 'node_modules', name);
  mkdirSync(root, { recursive: true });
  const manifest = JSON.stringify({ name, version: '1.2.3', license });
  for (const [file, text] of Object.entries({ ...files, 'package.json': manifest })) {
    writeFileSync(path.join(root, file), text);
  }
  return path.join(root, 'index.js');
}

function noticesOf(...modules: readonly string[]): string {
  const bundled = new BundledPackages();
  for (const name of modules) bundled.add(name);
  return noticesText(bundled.works());
}

it('hands on the licence that a package brings, once for all that bring the same', () => {
  const licence = 'Copyright (c) 2020 Somebody\n\nDo as you like.\n';
  const one = packageOf('one', { LICENSE: licence, 'index.js': '' });
  const two = packageOf('@in/two', { 'licence.md': licence, NOTICE: 'Thanks.', 'index.js': '' });
  const three = packageOf('three', { LICENSE: licence, 'index.js': '' });
  const text = noticesOf(one, `\0${two}?commonjs-module`, three);
  expect(text).toContain('one 1.2.3 (MIT)\nthree 1.2.3 (MIT)\n\nCopyright (c) 2020 Somebody');
  expect(text).toContain('@in/two 1.2.3 (MIT)');
  expect(text).toContain('Thanks.');
  expect(text.match(/Do as you like/g)).toHaveLength(2);
});

it('gives one without a licence file the text of the licence that it names, with the copyright its files name', () => {
  const files = {
    'index.js': '/**\n * Copyright 2017 Somebody Ltd.\n */',
    'README.md': 'Copyright 2019 A. Body.',
  };
  const text = noticesOf(packageOf('bare', files, 'Apache-2.0'));
  expect(text).toContain(
    'bare 1.2.3 (Apache-2.0)\n    Copyright 2017 Somebody Ltd.\n    Copyright 2019 A. Body.',
  );
  expect(text).toContain('"Licensor" shall mean');
});

it('refuses one that brings no licence and names none that is known', () => {
  const bare = packageOf('bare', { 'index.js': '' }, 'SEE ELSEWHERE');
  expect(() => noticesOf(bare)).toThrow('bare 1.2.3 brings no licence text');
});

it('names what is compiled into WebAssembly, and leaves the lab’s own files out', () => {
  expect(noticesOf('src/training/kernels/simd.wasm')).toContain('assemblyscript ');
  const wasm = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
  expect(noticesOf(wasm)).toContain('XNNPACK, in tfjs-backend-wasm (BSD-3-Clause)');
  expect(noticesOf('src/app/main.tsx')).not.toContain('(MIT)');
});

it('leaves out no package of which the page or a worker holds a line, as source maps tell', async () => {
  await build({
    root: ROOT,
    logLevel: 'error',
    publicDir: false,
    build: { outDir: folder, emptyOutDir: false, sourcemap: true, minify: false },
  });
  const assets = path.join(folder, 'assets');
  const maps = readdirSync(assets).filter((file) => file.endsWith('.map'));
  const packages = new Set<string>();
  for (const map of maps) {
    const { sources } = JSON.parse(readFileSync(path.join(assets, map), 'utf8'));
    for (const source of sources) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
      if (name !== undefined) packages.add(name);
    }
  }
  expect(packages).toContain('react-dom');
  expect(packages).toContain('@tensorflow/tfjs-core');
  const notices = readFileSync(path.join(folder, 'third-party-notices.txt'), 'utf8');
  const isNamed = (name: string) => new RegExp(`^${name} [\\d.]+ \\(`, 'm').test(notices);
  expect([...packages].filter((name) => !isNamed(name))).toEqual([]);
});
