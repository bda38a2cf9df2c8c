/**
 * The compact network in jax-js, compiled by its `jit` as its users do, on its WebAssembly backend: prints
 * images a second. Batch assembly from bytes, forward, backward and Adam are all measured. Usage: STEPS.
 */

import { blockUntilReady, defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from '@jax-js/jax';

const BATCH = 128;
const RATE = 1e-3;
const SHAPES = {
  conv1: [8, 1, 5, 5],
  bias1: [8, 1, 1],
  slope1: [8, 1, 1],
  conv2: [16, 8, 5, 5],
  bias2: [16, 1, 1],
  slope2: [16, 1, 1],
  dense: [784, 64],
  bias3: [64],
  slope3: [64],
  head: [64, 2],
  bias4: [2],
  classifier: [2, 10],
} as const;
type Name = keyof typeof SHAPES;
type Arrays = Record<Name, np.Array>;
const NAMES = Object.keys(SHAPES) as Name[];

const each = (make: (name: Name) => np.Array) =>
  Object.fromEntries(NAMES.map((name) => [name, make(name)])) as Arrays;

function initial(name: Name, scale: number): np.Array {
  const shape = [...SHAPES[name]];
  const size = shape.reduce<number>((product, length) => product * length, 1);
  return np
    .array(Float32Array.from({ length: size }, (_, i) => scale * Math.sin(1 + i * 7.3)))
    .reshape(shape);
}

function prelu(x: np.Array, slope: np.Array): np.Array {
  return np.maximum(x.ref, 0).add(np.minimum(x, 0).mul(slope));
}

/** Takes over what it is given, as all of jax-js does. */
function lossOf(parameters: Arrays, images: np.Array, labels: np.Array): np.Array {
  const { conv1, bias1, slope1, conv2, bias2, slope2, dense, bias3, slope3, head, bias4, classifier } =
    parameters;
  const pads: [number, number][] = [
    [2, 2],
    [2, 2],
  ];
  const first = prelu(lax.conv(images, conv1, [2, 2], pads).add(bias1), slope1);
  const second = prelu(lax.conv(first, conv2, [2, 2], pads).add(bias2), slope2);
  const hidden = prelu(np.matmul(second.reshape([BATCH, 784]), dense).add(bias3), slope3);
  const logits = np.matmul(np.matmul(hidden, head).add(bias4), classifier);
  return nn.logSoftmax(logits).mul(labels).sum().div(-BATCH);
}

const update = jit(
  (parameters: Arrays, m: Arrays, v: Arrays, stepSize: np.Array, images: np.Array, labels: np.Array) => {
    const kept = each((name) => parameters[name].ref);
    const [loss, gradients] = valueAndGrad(lossOf)(parameters, images, labels) as [np.Array, Arrays];
    loss.dispose();
    const newM = each((name) => m[name].mul(0.9).add(gradients[name].ref.mul(0.1)));
    const newV = each((name) => v[name].mul(0.999).add(np.square(gradients[name]).mul(0.001)));
    const newParameters = each((name) =>
      kept[name].sub(newM[name].ref.mul(stepSize.ref).div(np.sqrt(newV[name].ref).add(1e-8))),
    );
    stepSize.dispose();
    return [newParameters, newM, newV] as [Arrays, Arrays, Arrays];
  },
);

async function measure(steps: number): Promise<void> {
  await init('wasm');
  defaultDevice('wasm');
  const pixels = Uint8Array.from({ length: 60_000 * 784 }, (_, i) => (i * 7919) % 256);
  let state: [Arrays, Arrays, Arrays] = [
    each((name) => initial(name, 0.1)),
    each((name) => initial(name, 0)),
    each((name) => initial(name, 0)),
  ];
  let done = 0;
  const train = async (count: number) => {
    for (let i = 0; i < count; i++) {
      const values = new Float32Array(BATCH * 784);
      const labels = new Float32Array(BATCH * 10);
      for (let row = 0; row < BATCH; row++) {
        const start = ((done * 7919 + row * 104_729) % 60_000) * 784;
        for (let p = 0; p < 784; p++) {
          values[row * 784 + p] = ((pixels[start + p] as number) - 127.5) / 128;
        }
        labels[row * 10 + (row % 10)] = 1;
      }
      done++;
      const stepSize = (RATE * Math.sqrt(1 - 0.999 ** done)) / (1 - 0.9 ** done);
      state = update(
        ...state,
        np.array([stepSize]).reshape([]),
        np.array(values).reshape([BATCH, 1, 28, 28]),
        np.array(labels).reshape([BATCH, 10]),
      ) as [Arrays, Arrays, Arrays];
    }
    await blockUntilReady(state);
  };
  await train(5);
  const started = performance.now();
  await train(steps);
  console.log((steps * BATCH * 1000) / (performance.now() - started));
}

export default ([steps]: readonly string[]) => measure(Number(steps));
