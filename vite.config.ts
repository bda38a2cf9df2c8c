import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { recordsOnly } from './scripts/lib/records-only.ts';
import { HEADERS, staticHost } from './scripts/lib/static-host.ts';

const GREETING = /Platform node has already been set|looks like you are running TensorFlow.js in Node/;

export default defineConfig({
  // Relative, so that the build can be served from any folder of a static host.
  base: './',
  // No single-page fallback: a missing file must be answered with 404, not with index.html.
  appType: 'mpa',
  plugins: [react(), recordsOnly(), staticHost()],
  preview: { headers: HEADERS },
  worker: { format: 'es' },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts'],
    setupFiles: ['scripts/lib/typed-arrays.ts'],
    // Faster to start than processes.
    pool: 'threads',
    // TensorFlow.js greets.
    onConsoleLog: (text) => (GREETING.test(text) ? false : undefined),
    testTimeout: 60_000,
    // Vitest would leave one core idle.
    maxWorkers: '100%',
    // TensorFlow.js's ES modules, as in the browser: its CommonJS bundle for Node has no gradients.
    // The Emscripten loader is CommonJS and stays outside.
    server: { deps: { inline: [/@tensorflow\/(?!.*wasm-out)/] } },
  },
});
