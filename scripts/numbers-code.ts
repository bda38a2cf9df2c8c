/** The code that decides the numbers of an experiment, and nothing else: what a digest of it is made of (lib/code-digest.mjs). */

export { classesOf } from '../src/data/own-files.ts';
export { splitOf } from '../src/data/own-set.ts';
export { inForm } from '../src/data/resample.ts';
export { DATA_SETS } from '../src/data/sets.ts';
export { evaluate } from '../src/measures/evaluate.ts';
export { openBackend } from '../src/training/backend/backend.ts';
export { Lab } from '../src/training/lab/lab.ts';
