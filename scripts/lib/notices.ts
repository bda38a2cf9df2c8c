/**
 * The notices of other people's code that the built page holds: which packages are in its files (those of workers
 * and of the service worker, too), and what their licences ask to be handed on.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { DATA_SETS } from '../../src/data/sets.ts';
import { ROOT } from './project.mjs';

/** Licences for which a package need not bring the text; it stands in licences/. */
type Licence = 'Apache-2.0' | 'BSD-2-Clause' | 'BSD-3-Clause' | 'ISC' | 'MIT';

/** What others wrote: a package, or a library inside a binary. */
export interface Work {
  readonly name: string;
  readonly licence: string;
  readonly url: string | undefined;
  /** Lines that the text of the licence lacks. */
  readonly copyright: readonly string[];
  /** Of the licence. */
  readonly text: string;
}

const IN_PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/;
const COPYRIGHT = /copyright (?:\(c\) )?(?:[\d, -]+|by )[^\n*]*/gi;
/** What the bundler puts in by itself, by the start of its name. */
const OF_BUNDLER = { '\0vite/': 'vite', '\0rolldown/': 'rolldown' };

/** Which packages went into the files of several builds. */
export class BundledPackages {
  /** Folder of a package → its files that were bundled. */
  readonly #files = new Map<string, Set<string>>();

  /** For each build; Vite builds workers with plugins of their own. */
  plugin(): Plugin {
    return {
      name: 'bundled-packages',
      apply: 'build',
      generateBundle: (_, bundle) => {
        for (const output of Object.values(bundle)) {
          const names = output.type === 'chunk' ? Object.keys(output.modules) : output.originalFileNames;
          for (const name of names) this.add(name);
        }
      },
    };
  }

  /** @param name of a module, or of a file that is taken as it is, absolute or relative to the project's folder */
  add(name: string): void {
    for (const [start, bundler] of Object.entries(OF_BUNDLER)) {
      if (name.startsWith(start)) this.#addFile(path.join(ROOT, 'node_modules', bundler));
    }
    const file = path.resolve(ROOT, name.replace(/^\0/, '').replace(/\?.*$/, ''));
    const folder = IN_PACKAGE.exec(file)?.[0];
    if (folder !== undefined) this.#addFile(folder, file);
    // AssemblyScript compiles parts of its library into what it builds.
    if (/\/src\/training\/kernels\/\w+\.wasm$/.test(file))
      this.#addFile(path.join(ROOT, 'node_modules/assemblyscript'));
  }

  /** In the order of their names. @throws Error where a package's licence is not known here */
  works(): readonly Work[] {
    const works = [...this.#files].map(([folder, files]) => packageIn(folder, [...files]));
    const isIn = (name: string) => works.some((work) => work.name.startsWith(`${name} `));
    if (isIn('@tensorflow/tfjs-backend-wasm')) works.push(...IN_TENSORFLOW_WASM);
    return works.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #addFile(folder: string, file?: string): void {
    const files = this.#files.get(folder) ?? new Set();
    this.#files.set(folder, files);
    if (file !== undefined) files.add(file);
  }
}

/** The page's file of notices. */
export function noticesText(works: readonly Work[]): string {
  /** Many have the very same text. */
  const byText = new Map<string, Work[]>();
  for (const work of works) byText.set(work.text, [...(byText.get(work.text) ?? []), work]);
  const parts = [...byText].map(([text, sharing]) => `${sharing.map(heading).join('\n')}\n\n${text}\n`);
  return [opening(), ...parts].join(`\n${'-'.repeat(78)}\n\n`);
}

function opening(): string {
  return [
    'Margin Loss Lab: notices of what others wrote',
    '',
    'The lab’s own code is under the MIT licence. Its files also hold what is listed here,',
    'each with its licence.',
    '',
    ...DATA_SETS.map(({ credit }) => credit),
    '',
  ].join('\n');
}

const heading = ({ name, licence, url, copyright }: Work) =>
  [`${name} (${licence})`, ...(url === undefined ? [] : [url]), ...copyright].join('\n    ');

/** @throws Error where it brings no licence and names none of the usual ones */
function packageIn(folder: string, files: readonly string[]): Work {
  const { name, version, license, homepage } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  const work = { name: `${name} ${version}`, licence: String(license), url: homepage };
  const brought = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort()
    .map((file) => ownLicence(readFileSync(path.join(folder, file), 'utf8')));
  if (brought.length > 0) return { ...work, copyright: [], text: brought.join('\n\n') };
  const readme = path.join(folder, 'README.md');
  const copyright = copyrightIn(existsSync(readme) ? [...files, readme] : files);
  return { ...work, copyright, text: textOf(work.licence, work.name) };
}

/** Without the licences of what only the package's own published files contain. */
const ownLicence = (text: string) => trimmed(text.replace(/^# Licenses of bundled dependencies.*/ms, ''));

/** Without empty lines around it; the first line keeps its place on the page. */
const trimmed = (text: string) => text.replace(/^\s*\n|\s+$/g, '');

/** The lines that say who holds the copyright, each once. */
function copyrightIn(files: readonly string[]): readonly string[] {
  const lines = files
    .filter((file) => /\.([cm]?js|md)$/.test(file))
    .flatMap((file) => readFileSync(file, 'utf8').match(COPYRIGHT) ?? []);
  return [...new Set(lines.map((line) => line.trim()))].sort();
}

function textOf(licence: string, name: string): string {
  const file = path.join(ROOT, 'scripts/lib/licences', `${licence}.txt`);
  if (!/^[\w.-]+$/.test(licence) || !existsSync(file)) {
    throw new Error(
      `${name} brings no licence text, and there is none for ${licence} in scripts/lib/licences.`,
    );
  }
  return trimmed(readFileSync(file, 'utf8'));
}

function library(name: string, licence: Licence, url: string, ...copyright: readonly string[]): Work {
  return { name: `${name}, in tfjs-backend-wasm`, licence, url, copyright, text: textOf(licence, name) };
}

/** What TensorFlow.js says that its WebAssembly is built of; the package names none of it. */
const IN_TENSORFLOW_WASM: readonly Work[] = [
  library(
    'XNNPACK',
    'BSD-3-Clause',
    'https://github.com/google/XNNPACK',
    'Copyright (c) Facebook, Inc. and its affiliates. All rights reserved.',
    'Copyright 2019 Google LLC',
  ),
  library(
    'pthreadpool',
    'BSD-2-Clause',
    'https://github.com/google/pthreadpool',
    'Copyright (c) 2017 Facebook Inc.',
    'Copyright (c) 2015-2017 Georgia Institute of Technology',
    'All rights reserved.',
  ),
  library(
    'cpuinfo',
    'BSD-2-Clause',
    'https://github.com/pytorch/cpuinfo',
    'Copyright (c) 2017 Facebook Inc.',
    'Copyright (C) 2012-2017 Georgia Institute of Technology',
    'Copyright (C) 2010-2012 Marat Dukhan',
    'All rights reserved.',
  ),
  library('FXdiv', 'MIT', 'https://github.com/Maratyszcza/FXdiv', 'Copyright (c) 2016 Marat Dukhan'),
  library(
    'FP16',
    'MIT',
    'https://github.com/Maratyszcza/FP16',
    'Copyright (c) 2017 Facebook Inc.',
    'Copyright (c) 2017 Georgia Institute of Technology',
    'Copyright 2019 Google LLC',
  ),
  library(
    'Emscripten',
    'MIT',
    'https://emscripten.org',
    'Copyright (c) 2010-2014 Emscripten authors, see AUTHORS file.',
  ),
  library('musl', 'MIT', 'https://musl.libc.org', 'Copyright © 2005-2020 Rich Felker, et al.'),
];
