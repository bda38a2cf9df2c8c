/**
 * What the built page brings for any static host: a policy that lets in nothing but its own files, a service worker
 * that keeps them for the next visit, with or without a network, and the notices of what others wrote.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type HtmlTagDescriptor, type Plugin } from 'vite';
import { type BundledPackages, noticesText } from './notices.ts';
import { ROOT } from './project.mjs';

const POLICY = [
  "default-src 'none'",
  // TensorFlow.js's WebAssembly backend and the lab's own kernels are compiled in the worker.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The notices, beside index.html, which links them. */
const NOTICES = 'third-party-notices.txt';

/**
 * Workers take the policy of their own answer, so hosts that can send headers should send these. Who may embed the page
 * can be said in a header alone.
 */
export const HEADERS = {
  'Content-Security-Policy': `${POLICY}; frame-ancestors 'self'`,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  // A page that is isolated from others may share memory between its workers. No service worker stands in for a host that
  // does not send these: what it no longer keeps would come without them, and browsers refuse such workers.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * A Vite plugin.
 *
 * @param bundled what the page's builds hold; the service worker's packages are added
 */
export function staticHost(bundled: BundledPackages): Plugin {
  let outDir = '';
  return {
    name: 'static-host',
    apply: 'build',
    configResolved(config) {
      outDir = path.resolve(config.root, config.build.outDir);
    },
    transformIndexHtml() {
      return [
        meta({ 'http-equiv': 'Content-Security-Policy', content: POLICY }),
        meta({ name: 'referrer', content: HEADERS['Referrer-Policy'] }),
        ...previewOf(process.env.SITE_URL),
      ];
    },
    generateBundle() {
      // Netlify and Cloudflare Pages read this file; for others it is a file like any other.
      const lines = Object.entries(HEADERS).map(([name, value]) => `  ${name}: ${value}`);
      this.emitFile({ type: 'asset', fileName: '_headers', source: `/*\n${lines.join('\n')}\n` });
    },
    async closeBundle() {
      const serviceWorker = await bundleServiceWorker(bundled);
      // The byte order mark tells browsers that it is UTF-8, whatever the host says.
      writeFileSync(path.join(outDir, NOTICES), `\uFEFF${noticesText(bundled.works())}`);
      // What is kept is known last.
      const list = `const PRECACHED = ${JSON.stringify(precached(outDir))};\n`;
      writeFileSync(path.join(outDir, 'service-worker.js'), list + serviceWorker);
    },
  };
}

const TITLE = 'Margin Loss Lab';
const QUESTION =
  'Three losses, one network, equal images. Which packs digits tightest and furthest apart? Watch them train in your browser.';

/**
 * What others show of a link to the page. They want whole addresses.
 *
 * @param site where the page will stand, 'https://…/', from the environment; without it the picture's address is relative
 */
function previewOf(site = './'): HtmlTagDescriptor[] {
  const image = site === './' ? './link-preview.png' : new URL('link-preview.png', site).href;
  const properties = {
    ...{ 'og:type': 'website', 'og:title': TITLE, 'og:description': QUESTION, 'og:image': image },
    ...{ 'og:image:width': '1200', 'og:image:height': '630' },
    'og:image:alt': 'Scatter plots of softmax, softmax + center and margin loss side by side',
    ...(site === './' ? {} : { 'og:url': site }),
  };
  return [
    ...Object.entries(properties).map(([property, content]) => meta({ property, content })),
    meta({ name: 'twitter:card', content: 'summary_large_image' }),
  ];
}

function meta(attrs: Record<string, string>): HtmlTagDescriptor {
  return { tag: 'meta', attrs, injectTo: 'head-prepend' };
}

/** Its code, which expects the list of files as PRECACHED. */
async function bundleServiceWorker(bundled: BundledPackages): Promise<string> {
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    publicDir: false,
    plugins: [bundled.plugin()],
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: {
        input: path.join(ROOT, 'src/app/service-worker.ts'),
        output: { format: 'iife', comments: false },
      },
    },
  });
  if ('close' in result) throw new Error('A build that watches ends never.');
  const [chunk] = [result].flat().flatMap(({ output }) => output);
  if (chunk?.type !== 'chunk') throw new Error('The service worker has been built to nothing.');
  return chunk.code;
}

interface KeptFile {
  readonly url: string;
  /** Null where the name holds a digest already. */
  readonly revision: string | null;
  /** As in HTML: what else comes under this name is refused. */
  readonly integrity: string;
}

/**
 * All files but the images of MNIST, which the training worker keeps itself once it has verified them, and those of the
 * recording that are fetched only when they are needed.
 */
function precached(outDir: string): KeptFile[] {
  const isWanted = (file: string) =>
    !/\.bin$|^recording-\w+\.mll$|^link-preview\.png$|^_headers$|^service-worker\.js$/.test(file);
  return readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(outDir, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter(isWanted)
    .sort()
    .map((url) => {
      const digest = createHash('sha256')
        .update(readFileSync(path.join(outDir, url)))
        .digest();
      const revision = url.startsWith('assets/') ? null : digest.toString('hex').slice(0, 16);
      return { url, revision, integrity: `sha256-${digest.toString('base64')}` };
    });
}
