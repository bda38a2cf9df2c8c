import * as tf from '@tensorflow/tfjs-core';
import { PRESETS } from '../src/losses/presets.ts';
import { Lab } from '../src/training/lab.ts';
import { loadMnist, openNodeBackend } from './node-lab.ts';

async function main() {
  await openNodeBackend({ fastest: true });
  const { trainImages, trainLabels } = await loadMnist();
  const mk = (p: any) =>
    Lab.create(
      {
        network: 'compact',
        backend: 'auto',
        seed: 1,
        learningRate: 1e-3,
        warmUpSteps: 0,
        heldOut: [],
        runs: [p],
      },
      { images: trainImages, labels: trainLabels },
    );
  const lab = await mk(PRESETS.S);
  const train = async (n: number) => {
    for (let i = 0; i < n; i++) lab.trainStep();
    await lab.lossTerms();
  };
  await train(100);
  let best = 1e9;
  for (let r = 0; r < 8; r++) {
    const s = performance.now();
    await train(50);
    best = Math.min(best, (performance.now() - s) / 50);
  }
  console.log('step', best.toFixed(3), 'ms', (128000 / best).toFixed(0));
  const stats = new Map<string, { n: number; t: number }>();
  let depth = 0;
  for (const k of tf.getKernelsForBackend('wasm')) {
    tf.unregisterKernel(k.kernelName, 'wasm');
    tf.registerKernel({
      ...k,
      kernelFunc: (c: any) => {
        depth++;
        const s = performance.now();
        const r = k.kernelFunc(c);
        const d = performance.now() - s;
        depth--;
        const e = stats.get(k.kernelName) ?? { n: 0, t: 0 };
        e.n++;
        e.t += d;
        stats.set(k.kernelName, e);
        return r;
      },
    });
  }
  await train(20);
  stats.clear();
  const s = performance.now();
  await train(50);
  const el = (performance.now() - s) / 50;
  let tot = 0,
    n = 0;
  for (const [k, v] of [...stats].sort((a, b) => b[1].t - a[1].t)) {
    tot += v.t;
    n += v.n;
    console.log(k.padEnd(22), (v.n / 50).toFixed(1).padStart(6), (v.t / 50).toFixed(3));
  }
  console.log('sum', (tot / 50).toFixed(3), 'calls', n / 50, 'of', el.toFixed(3));
}
main();
