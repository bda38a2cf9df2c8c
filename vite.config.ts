import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import project from './package.json' with { type: 'json' };
import { BundledPackages } from './scripts/lib/notices.ts';
import { recordsOnly } from './scripts/lib/records-only.ts';
import { HEADERS, staticHost } from './scripts/lib/static-host.ts';

/** Of what tests import; its WebAssembly backend is left as it is, for the sake of the loader. */
const TENSORFLOW = [
  ...['core', 'core/dist/register_all_gradients.js', 'backend-cpu', 'backend-webgl', 'backend-webgpu'].map(
    (name) => `@tensorflow/tfjs-${name}`,
  ),
];

const GREETING = /Platform node has already been set|looks like you are running TensorFlow.js in Node/;

const bundled = new BundledPackages();
/** Notices stand in a file of their own: in the scripts they would be a quarter of what is sent. */
const rolldownOptions = { output: { comments: false }, checks: { pluginTimings: false } };

export default defineConfig({
  // Relative, so that the build can be served from any folder of a static host.
  base: './',
  // No single-page fallback: a missing file must be answered with 404, not with index.html.
  appType: 'mpa',
  define: { __LAB_VERSION__: JSON.stringify(project.version) },
  plugins: [react(), recordsOnly(), bundled.plugin(), staticHost(bundled)],
  preview: { headers: HEADERS },
  worker: { format: 'es', plugins: () => [recordsOnly(), bundled.plugin()], rolldownOptions },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500, rolldownOptions },
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts'],
    setupFiles: ['scripts/lib/typed-arrays.ts'],
    // Faster to start than processes.
    pool: 'threads',
    // TensorFlow.js greets.
    onConsoleLog: (text) => (GREETING.test(text) ? false : undefined),
    // Of a machine that others share, with every core busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: 1,
    // Vitest would leave one core idle.
    maxWorkers: '100%',
    // TensorFlow.js's ES modules, as in the browser: its CommonJS bundle for Node has no gradients.
    // The Emscripten loader is CommonJS and stays outside.
    server: { deps: { inline: [/@tensorflow\/(?!.*wasm-out)/] } },
    // Each package of it in one file, made once: its modules are hundreds, and each test file would read them anew.
    deps: { optimizer: { ssr: { enabled: true, include: TENSORFLOW } } },
  },
});
