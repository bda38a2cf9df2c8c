/**
 * A plugin for the page's build and for that of its workers: the registry of losses keeps its records and loses its
 * tensors, so that TensorFlow.js is in the training worker's files alone.
 */

import type { Plugin } from 'vite';

const REGISTRY = /\/src\/losses\/terms\.ts$/;
/** What a build begins with that keeps the tensors. */
const TRAINING = /\/src\/training\/link\/worker\.ts$/;
const LOAD = /import\('\.\/[\w-]+\/loss\.ts'\)/g;

export function recordsOnly(): Plugin {
  let keepsTensors = false;
  return {
    name: 'records-only',
    apply: 'build',
    buildStart({ input }) {
      keepsTensors = Object.values(input).some((entry) => TRAINING.test(entry));
    },
    transform: {
      // Before the code is changed by anything else.
      order: 'pre',
      handler(code, id) {
        if (keepsTensors || !REGISTRY.test(id)) return null;
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
