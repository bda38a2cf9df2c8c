/** Finds a Chromium for tests, or installs one. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';
import { run, TO_STDERR } from './processes.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const NOT_WANTED = [
  // Pages of the address bar's own, which a full Chromium loads beside every page: seconds of a processor.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // Of Playwright's own list, which this one replaces, what matters here.
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'PaintHolding',
  'OptimizationHints',
  'AimEnabled',
  'PreconnectToSearch',
];

/** What every Chromium is started with that tests or measures here: WebGL without a GPU, and nothing beside the page. */
export const CHROMIUM_FLAGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--enable-unsafe-swiftshader',
  `--disable-features=${NOT_WANTED.join(',')}`,
];

/** $CHROMIUM, then the PATH, then Playwright's own; undefined where there is none. */
export async function findChromium(): Promise<string | undefined> {
  const wanted = process.env.CHROMIUM;
  if (wanted) return wanted;
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of NAMES) {
      const candidate = path.join(folder, name);
      if (isExecutable(candidate)) return candidate;
    }
  }
  const own = chromium.executablePath();
  return isExecutable(own) ? own : undefined;
}

/** As `findChromium`, but installs one first where there is none. Throws an Error with a sentence. */
export async function ensureChromium(): Promise<string> {
  const found = await findChromium();
  if (found !== undefined) return found;
  console.error('Installing a Chromium.');
  const isRoot = process.getuid?.() === 0;
  const hasApt = spawnSync('apt-get', ['--version']).status === 0;
  const viaApt =
    isRoot &&
    hasApt &&
    (await run('apt-get', ['update', '-q'], TO_STDERR)) &&
    (await run('apt-get', ['install', '-y', '-q', 'chromium'], TO_STDERR));
  if (!viaApt) await run('npx', ['playwright', 'install', 'chromium'], TO_STDERR);
  const installed = await findChromium();
  if (installed === undefined) {
    throw new Error('No Chromium was found or could be installed. Set CHROMIUM to the path of one.');
  }
  return installed;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
