/**
 * A plugin for the page's build: the registry of losses keeps its records and loses its tensors, so that
 * TensorFlow.js is in the worker's files alone. Vite builds workers with plugins of their own.
 */

import type { Plugin } from 'vite';

const REGISTRY = /\/src\/losses\/terms\.ts$/;
const LOAD = /import\('\.\/[\w-]+\/loss\.ts'\)/g;

export function recordsOnly(): Plugin {
  return {
    name: 'records-only',
    apply: 'build',
    transform: {
      // Before the code is changed by anything else.
      order: 'pre',
      handler(code, id) {
        if (!REGISTRY.test(id)) return null;
        if (code.match(LOAD) === null) this.error('The registry of losses loads none: see records-only.ts.');
        // The replacement keeps every line where it is.
        return {
          code: code.replace(LOAD, "Promise.reject(new Error('Only the worker loads losses.'))"),
          map: null,
        };
      },
    },
  };
}
