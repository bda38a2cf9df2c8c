/**
 * What the built page brings for any static host: a policy that lets in nothing but its own files, and a service
 * worker that keeps them for the next visit, with or without a network.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type HtmlTagDescriptor, type Plugin } from 'vite';
import { ROOT } from './setup.mjs';

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

/** Workers take the policy of their own answer, so hosts that can send headers should send these. */
export const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** A Vite plugin. */
export function staticHost(): Plugin {
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
      ];
    },
    generateBundle() {
      // Netlify and Cloudflare Pages read this file; for others it is a file like any other.
      const lines = Object.entries(HEADERS).map(([name, value]) => `  ${name}: ${value}`);
      this.emitFile({ type: 'asset', fileName: '_headers', source: `/*\n${lines.join('\n')}\n` });
    },
    closeBundle: () => buildServiceWorker(outDir),
  };
}

function meta(attrs: Record<string, string>): HtmlTagDescriptor {
  return { tag: 'meta', attrs, injectTo: 'head-prepend' };
}

async function buildServiceWorker(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    publicDir: false,
    define: { PRECACHED: JSON.stringify(precached(outDir)) },
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      rollupOptions: {
        input: path.join(ROOT, 'src/app/service-worker.ts'),
        output: { format: 'iife', entryFileNames: 'service-worker.js' },
      },
    },
  });
}

/** All files but the images of MNIST, which the training worker keeps itself once it has verified them. */
function precached(outDir: string): { url: string; revision: string | null }[] {
  const isWanted = (file: string) => !/\.bin$|^_headers$|^service-worker\.js$/.test(file);
  return readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(outDir, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter(isWanted)
    .sort()
    .map((url) => {
      // The names in assets/ hold a digest already.
      if (url.startsWith('assets/')) return { url, revision: null };
      const digest = createHash('sha256').update(readFileSync(path.join(outDir, url)));
      return { url, revision: digest.digest('hex').slice(0, 16) };
    });
}
