/** What networks do: files that come late, cut, altered or not at all, and visits without any network. */

import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, expect, type Page, test } from 'playwright/test';
import { HEADERS } from '../../scripts/lib/static-host.ts';
import { ALONE, isReady, press, reachStep } from '../lab.ts';
import { altered, asPlainText, cut, Host, missing, replaced, shortened, slow } from './host.ts';

const SHARD = '/data/train-images-01.bin';
/** Beyond the 39 batches of the first shard. */
const BEYOND_FIRST_SHARD = 45;

let host: Host;
test.beforeEach(async () => {
  host = new Host();
  await host.open();
});
test.afterEach(() => host.close());

for (const [name, spoil] of Object.entries({ missing, cut, shortened, altered })) {
  test(`a shard that comes ${name} is fetched again by itself, and again`, async ({ page }) => {
    let spoilt = 0;
    host.spoil = (file) => (file === SHARD && spoilt++ < 2 ? spoil : undefined);
    await page.goto(`${host.url}${ALONE}`);
    await isReady(page);
    await press(page, 'Train');
    await reachStep(page, BEYOND_FIRST_SHARD);
    expect(host.asked.filter((file) => file === SHARD)).toHaveLength(3);
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  });
}

test('a slow network delays training and stops nothing', async ({ page }) => {
  host.spoil = (file) => (file.startsWith('/data/') ? slow : undefined);
  await page.goto(`${host.url}${ALONE}`);
  await press(page, 'Train');
  await reachStep(page, BEYOND_FIRST_SHARD);
});

test('a list of files that is missing is said; back in the network, the page goes on by itself', async ({
  page,
}) => {
  host.spoil = (file) => (file.startsWith('/data/') ? missing : undefined);
  await page.goto(`${host.url}${ALONE}`);
  await expect(page.getByRole('status')).toContainText('The file manifest.json could not be loaded');
  host.spoil = () => undefined;
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await isReady(page);
});

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  /** A first visit, until the page and the images are kept. */
  async function visit(page: Page): Promise<void> {
    await page.goto(`${host.url}${ALONE}`);
    await isReady(page);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expect(page.getByRole('progressbar')).toHaveCount(0);
  }

  /** A later visit, without a network. */
  async function visitOffline(page: Page): Promise<void> {
    await host.close();
    await page.goto('about:blank');
    await page.goto(`${host.url}${ALONE}`);
    await isReady(page);
    await host.open();
  }

  /** A page of the version of that title, which takes over when no page of the old one is open. */
  async function nextVersion(context: BrowserContext, title: string): Promise<Page> {
    const next = await context.newPage();
    await expect
      .poll(async () => {
        // Away from the old version: it ends when no page of it is open.
        await next.goto('about:blank');
        await next.goto(`${host.url}${ALONE}`);
        return next.title();
      })
      .toBe(title);
    await isReady(next);
    return next;
  }

  test('after one visit the lab opens and trains without a network, from whatever folder of a host', async ({
    page,
  }) => {
    await host.close();
    host = new Host({ base: '/some/sub/path/' });
    await host.open();
    await visit(page);
    await press(page, 'Step');
    await expect(page.getByTestId('step')).toHaveText('1');
    // Chromium asks every host for one; the page has its own.
    expect(host.asked.filter((file) => /^outside: (?!\/favicon\.ico)/.test(file))).toEqual([]);
    await visitOffline(page);
    await press(page, 'Train');
    await reachStep(page, BEYOND_FIRST_SHARD);
  });

  for (const [name, spoil] of Object.entries({ replaced, asPlainText })) {
    test(`a file that comes ${name} is not kept; the page works, and the next visit keeps the right one`, async ({
      page,
    }) => {
      const script = /^\/assets\/Explanation-.*\.js$/;
      host.spoil = (file) => (script.test(file) ? spoil : undefined);
      await page.addInitScript(() => {
        const { register } = ServiceWorkerContainer.prototype;
        ServiceWorkerContainer.prototype.register = async function (...args) {
          const registration = await register.apply(this, args);
          const worker = registration.installing;
          worker?.addEventListener('statechange', () => {
            document.documentElement.dataset.serviceWorker = worker.state;
          });
          return registration;
        };
      });
      await page.goto(`${host.url}${ALONE}`);
      await isReady(page);
      await expect(page.locator('html')).toHaveAttribute('data-service-worker', 'redundant');
      host.spoil = () => undefined;
      await page.goto('about:blank');
      await visit(page);
      await visitOffline(page);
      await expect(page.getByRole('region', { name: 'The losses' })).toBeVisible();
    });
  }

  test('files of the page that were kept wrong are fetched again at the next visit, and kept', async ({
    page,
  }) => {
    await visit(page);
    // As of a version that did not look, and as of a disk that fails.
    await page.evaluate(async () => {
      const name = (await caches.keys()).find((key) => key.includes('precache')) ?? '';
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const [file = ''] = /[\w-]+\.\w+(?=\?|$)/.exec(request.url) ?? [];
        const headers = { 'Content-Type': 'text/html' };
        if (/^index-.*js/.test(file)) await cache.put(request, new Response('<!doctype html>', { headers }));
        if (!/^(worker-|index\.html|recording)/.test(file)) continue;
        const kept = await cache.match(request);
        const bytes = new Uint8Array((await kept?.arrayBuffer()) ?? []);
        bytes.fill(0, bytes.length >> 1);
        await cache.put(request, new Response(bytes, { headers: kept?.headers ?? {} }));
      }
    });
    await page.goto('about:blank');
    await page.goto(`${host.url}${ALONE}`);
    await isReady(page);
    await visitOffline(page);
    await press(page, 'Step');
    await expect(page.getByTestId('step')).toHaveText('1');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('files that were kept damaged are fetched again', async ({ page }) => {
    await visit(page);
    await page.evaluate(async () => {
      const cache = await caches.open('margin-loss-lab-data');
      for (const request of await cache.keys()) {
        if (request.url.includes('train-images-01')) await cache.put(request, new Response('damaged'));
      }
    });
    host.asked.length = 0;
    await page.reload();
    await isReady(page);
    await press(page, 'Train');
    await reachStep(page, BEYOND_FIRST_SHARD);
    expect(host.asked.filter((file) => file.endsWith('.bin'))).toEqual([SHARD]);
  });

  test('scripts that were kept before their host isolated the page start in a page that it isolates', async ({
    page,
    context,
  }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'lab-isolated-'));
    await cp('dist', folder, { recursive: true });
    const index = path.join(folder, 'index.html');
    const text = await readFile(index, 'utf8');
    await writeFile(index, text.replace('<title>Margin Loss Lab', '<title>Isolated'));
    await listAnew(folder);
    await visit(page);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    host.root = folder;
    host.headers = HEADERS;
    host.asked.length = 0;
    await page.reload();
    await expect(page.getByRole('alert')).toContainText('A new version of the lab is here');
    await page.close();
    const next = await nextVersion(context, 'Isolated');
    expect(await next.evaluate(() => crossOriginIsolated)).toBe(true);
    // The page alone was fetched again.
    expect(host.asked.filter((file) => file.endsWith('.js') && file !== '/service-worker.js')).toEqual([]);
    await press(next, 'Step');
    await expect(next.getByTestId('step')).toHaveText('1');
    await expect(next.getByRole('alert')).toHaveCount(0);
    await rm(folder, { recursive: true });
  });

  test('a new version never mixes with the old one', async ({ page, context }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'lab-version-'));
    await makeNextVersion(folder);
    await visit(page);
    host.root = folder;
    host.asked.length = 0;
    await page.reload();
    await isReady(page);
    expect(await page.title()).toBe('Margin Loss Lab');
    await expect(page.getByRole('alert')).toContainText('A new version of the lab is here');
    await press(page, 'Step');
    await expect(page.getByTestId('step')).toHaveText('1');
    await page.close();
    const next = await nextVersion(context, 'Version two');
    await press(next, 'Step');
    await expect(next.getByTestId('step')).toHaveText('1');
    await rm(folder, { recursive: true });
  });
});

/** A build in which every script has another name, as after a change; the old ones are gone. */
async function makeNextVersion(folder: string): Promise<void> {
  await cp('dist', folder, { recursive: true });
  const scripts = (await readdir(path.join(folder, 'assets'))).filter((name) => name.endsWith('.js'));
  const texts = ['index.html', 'service-worker.js', ...scripts.map((name) => `assets/${name}`)];
  for (const file of texts) {
    let text = await readFile(path.join(folder, file), 'utf8');
    for (const name of scripts) text = text.replaceAll(name, name.replace(/\.js$/, '-two.js'));
    text = text.replace('<title>Margin Loss Lab', '<title>Version two');
    await writeFile(path.join(folder, file), text);
  }
  for (const name of scripts) {
    const file = path.join(folder, 'assets', name);
    await rename(file, file.replace(/\.js$/, '-two.js'));
  }
  await listAnew(folder);
}

/** Puts the files as they are now into the list of the service worker. */
async function listAnew(folder: string): Promise<void> {
  const file = path.join(folder, 'service-worker.js');
  const text = await readFile(file, 'utf8');
  const [line = '', list = ''] = /^const PRECACHED = (.*);$/m.exec(text) ?? [];
  const entries = JSON.parse(list) as { url: string; revision: string | null }[];
  const anew = entries.map(async ({ url, revision }) => {
    const digest = createHash('sha256').update(await readFile(path.join(folder, url)));
    const integrity = `sha256-${digest.digest('base64')}`;
    return { url, revision: revision === null ? null : integrity, integrity };
  });
  const listed = `const PRECACHED = ${JSON.stringify(await Promise.all(anew))};`;
  await writeFile(
    file,
    text.replace(line, () => listed),
  );
}
