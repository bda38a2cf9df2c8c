/**
 * Training kernels for WebGL that take one or two programs where the stock ones take many: products without
 * packing, sums, the filter gradient on the whole GPU, and Adam. Registered through `registerKernel`, so that
 * networks and losses do not know.
 */

import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { ADAM, type AdamAttributes } from '../lab/adam.ts';
import { type KernelCall, type Shape4D, tensorsOf } from './calls.ts';
import { fuseKernels, type ReadingKernel, type Source } from './fusion.ts';
import { Lockstep } from './lockstep.ts';

let isRegistered = false;

/** Call once the WebGL backend is set. */
export function openWebglKernels(): void {
  if (!isRegistered) {
    isRegistered = true;
    before('BatchMatMul', product);
    before('Conv2DBackpropFilter', filterGradient);
    tf.registerKernel({
      kernelName: ADAM,
      backendName: 'webgl',
      kernelFunc: ((call: KernelCall) => adam(call, call.backend as MathBackendWebGL)) as tf.KernelFunc,
    });
  }
  const backend = tf.backend() as MathBackendWebGL;
  fuseKernels(backend, new Lockstep(backend), {
    Sum: reduction('sum'),
    Mean: reduction('mean'),
    Max: reduction('max'),
  });
}

type WebglKernel = (call: KernelCall, backend: MathBackendWebGL) => tf.TensorInfo | undefined;

/** Puts a kernel before the stock one, which serves what the new one answers with undefined. */
function before(kernelName: string, kernel: WebglKernel): void {
  const stock = tf.getKernel(kernelName, 'webgl');
  if (stock === undefined) throw new Error(`The WebGL backend has no kernel ${kernelName}.`);
  tf.unregisterKernel(kernelName, 'webgl');
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => kernel(call, call.backend as MathBackendWebGL) ?? stock.kernelFunc(call),
  });
}

/** The same values under another shape: textures without packing keep them in one order. */
function withShape({ dataId, dtype }: tf.TensorInfo, shape: number[]): tf.TensorInfo {
  return { dataId, dtype, shape };
}

function isFloat({ dtype }: tf.TensorInfo): boolean {
  return dtype === 'float32';
}

/** One thread a value of the product. */
function product({ inputs, attrs }: KernelCall, backend: MathBackendWebGL): tf.TensorInfo | undefined {
  const { a, b } = tensorsOf(inputs, 'a', 'b');
  const { transposeA, transposeB } = attrs as unknown as { transposeA: boolean; transposeB: boolean };
  const isOneProduct =
    a.shape.slice(0, -2).every((size) => size === 1) && b.shape.slice(0, -2).every((size) => size === 1);
  if (!isOneProduct || !isFloat(a) || !isFloat(b)) return undefined;
  const [shapeA, shapeB] = [a.shape.slice(-2), b.shape.slice(-2)] as [[number, number], [number, number]];
  const [m, k] = transposeA ? [shapeA[1], shapeA[0]] : shapeA;
  const n = transposeB ? shapeB[0] : shapeB[1];
  const terms = (i: string) =>
    `getA(${transposeA ? `${i}, at.x` : `at.x, ${i}`}) * getB(${transposeB ? `at.y, ${i}` : `${i}, at.y`})`;
  const fours = k - (k % 4);
  const rest = Array.from({ length: k % 4 }, (_, i) => `sum += ${terms(String(fours + i))};`);
  const program = {
    variableNames: ['A', 'B'],
    outputShape: [m, n],
    userCode: `void main() {
      ivec2 at = getOutputCoords();
      float sum = 0.0;
      for (int i = 0; i < ${fours}; i += 4) {
        sum += ${['i', 'i + 1', 'i + 2', 'i + 3'].map(terms).join(' + ')};
      }
      ${rest.join('\n')}
      setOutput(sum);
    }`,
  };
  const result = backend.runWebGLProgram(program, [withShape(a, shapeA), withShape(b, shapeB)], 'float32');
  return withShape(result, [...a.shape.slice(0, -2), m, n]);
}

type Reduction = 'sum' | 'mean' | 'max';

/** Longer columns are reduced in two programs: parts, then the parts. */
const LONGEST_COLUMN = 512;

/** Over all axes, over all but the last, or over the last. */
function reduction(kind: Reduction): ReadingKernel {
  return ({ inputs, attrs }, backend, sourceOf) => {
    const { x } = tensorsOf(inputs, 'x');
    const { axis, reductionIndices, keepDims } = attrs as unknown as {
      axis?: number | number[];
      reductionIndices?: number | number[];
      keepDims: boolean;
    };
    const axes = tf.util
      .parseAxisParam(axis ?? reductionIndices ?? x.shape.map((_, i) => i), x.shape)
      .sort((a, b) => a - b);
    const last = x.shape.length - 1;
    const size = tf.util.sizeFromShape(x.shape);
    if (!isFloat(x) || size === 0 || axes.length === 0) return undefined;
    const shape = x.shape.flatMap((length, i) => (axes.includes(i) ? (keepDims ? [1] : []) : [length]));
    const isWhole = axes.length === x.shape.length;
    const columns = isWhole ? 1 : (x.shape[last] as number);
    if (isWhole || axes.join() === Array.from({ length: last }, (_, i) => i).join()) {
      const source = sourceOf(x);
      return withShape(overColumns(source, [size / columns, columns], backend, kind), shape);
    }
    if (axes.join() !== String(last)) return undefined;
    const rows = {
      outputShape: [size / columns],
      length: columns,
      place: 'int at',
      index: `at * ${columns} + i`,
    };
    return withShape(reduce(sourceOf(x), rows, kind, backend), shape);
  };
}

/** [rows, columns] to [columns]. */
function overColumns(
  source: Source,
  [rows, columns]: [number, number],
  backend: MathBackendWebGL,
  kind: Reduction,
): tf.TensorInfo {
  const parts = rows > LONGEST_COLUMN ? divisorNear(rows, Math.sqrt(rows)) : 1;
  if (parts === 1) {
    const index = `i * ${columns} + at`;
    return reduce(source, { outputShape: [columns], length: rows, place: 'int at', index }, kind, backend);
  }
  const length = rows / parts;
  const index = `(at.x * ${length} + i) * ${columns} + at.y`;
  const partial = reduce(
    source,
    { outputShape: [parts, columns], length, place: 'ivec2 at', index },
    kind,
    backend,
  );
  const result = overColumns(plain(partial), [parts, columns], backend, kind);
  backend.disposeIntermediateTensorInfo(partial);
  return result;
}

/** A source that is a tensor [rows, columns] with its values. */
function plain(tensor: tf.TensorInfo): Source {
  const columns = tensor.shape.at(-1);
  return {
    variableNames: ['L0'],
    tensors: [tensor],
    definition: `float value(int index) { return getL0(index / ${columns}, index % ${columns}); }`,
  };
}

/** The divisor of `count` nearest to `wanted`; 1 where it has no other. */
function divisorNear(count: number, wanted: number): number {
  let best = 1;
  for (let divisor = 1; divisor <= count; divisor++) {
    if (count % divisor === 0 && Math.abs(divisor - wanted) < Math.abs(best - wanted)) best = divisor;
  }
  return best;
}

interface Walk {
  readonly outputShape: number[];
  /** Values that one thread reduces. */
  readonly length: number;
  /** GLSL: the declaration of the output's place, and the index of value `i`. */
  readonly place: string;
  readonly index: string;
}

function reduce(
  { variableNames, tensors, definition }: Source,
  { outputShape, length, place, index }: Walk,
  kind: Reduction,
  backend: MathBackendWebGL,
): tf.TensorInfo {
  const larger = 'isnan(next) ? next : isnan(result) ? result : max(result, next)';
  const program = {
    variableNames,
    outputShape,
    userCode: `${definition}
    void main() {
      ${place} = getOutputCoords();
      int i = 0;
      float result = value(${index});
      for (i = 1; i < ${length}; i++) {
        float next = value(${index});
        result = ${kind === 'max' ? larger : 'result + next'};
      }
      setOutput(result${kind === 'mean' ? ` / ${length}.0` : ''});
    }`,
  };
  return backend.runWebGLProgram(program, tensors, 'float32');
}

/** Images that one thread sums over, as a share of the batch: the stock kernel has one thread a weight, and a GPU idles. */
const BATCH_PARTS = 32;

function filterGradient({ inputs, attrs }: KernelCall, backend: MathBackendWebGL): tf.TensorInfo | undefined {
  const { x, dy } = tensorsOf(inputs, 'x', 'dy');
  const { filterShape, strides, pad, dataFormat, dimRoundingMode } = attrs as unknown as {
    filterShape: Shape4D;
    strides: [number, number] | number;
    pad: 'valid' | 'same' | number;
    dataFormat: string;
    dimRoundingMode?: 'floor' | 'round' | 'ceil';
  };
  if (dataFormat !== 'NHWC' || !isFloat(x) || !isFloat(dy)) return undefined;
  const shape = x.shape as Shape4D;
  const info = tf.backend_util.computeConv2DInfo(shape, filterShape, strides, 1, pad, dimRoundingMode);
  const parts = tf.util.nearestDivisor(info.batchSize, Math.ceil(info.batchSize / BATCH_PARTS));
  const images = parts;
  const groups = info.batchSize / images;
  const [, filterWidth, input, output] = filterShape;
  const weights = filterShape.reduce((count, length) => count * length);
  const program = {
    variableNames: ['X', 'Dy'],
    outputShape: [groups, weights],
    userCode: `void main() {
      ivec2 at = getOutputCoords();
      int weight = at.y;
      int output_ = weight % ${output};
      int input_ = (weight / ${output}) % ${input};
      int kx = (weight / ${output * input}) % ${filterWidth};
      int ky = weight / ${output * input * filterWidth};
      float sum = 0.0;
      for (int image = 0; image < ${images}; image++) {
        int b = at.x * ${images} + image;
        for (int oy = 0; oy < ${info.outHeight}; oy++) {
          int y = oy * ${info.strideHeight} + ky - ${info.padInfo.top};
          if (y < 0 || y >= ${info.inHeight}) continue;
          for (int ox = 0; ox < ${info.outWidth}; ox++) {
            int x = ox * ${info.strideWidth} + kx - ${info.padInfo.left};
            if (x < 0 || x >= ${info.inWidth}) continue;
            sum += getX(b, y, x, input_) * getDy(b, oy, ox, output_);
          }
        }
      }
      setOutput(sum);
    }`,
  };
  const partial = backend.runWebGLProgram(program, [x, dy], 'float32');
  const result = overColumns(plain(partial), [groups, weights], backend, 'sum');
  backend.disposeIntermediateTensorInfo(partial);
  return withShape(result, [...filterShape]);
}

/** Three programs that read the old state; the numbers that change with every step are uniforms. */
function adam({ inputs, attrs }: KernelCall, backend: MathBackendWebGL): tf.TensorInfo[] {
  const { parameters, firstMoments, secondMoments, gradient } = tensorsOf(
    inputs,
    'parameters',
    'firstMoments',
    'secondMoments',
    'gradient',
  );
  const { beta1, beta2, stepSize, epsilon } = attrs as unknown as AdamAttributes;
  const outputShape = [...parameters.shape];
  const run = (names: string[], value: string, from: tf.TensorInfo[], uniforms: Record<string, number>) =>
    backend.runWebGLProgram(
      {
        variableNames: names,
        outputShape,
        customUniforms: Object.keys(uniforms).map((name) => ({ name, type: 'float' as const })),
        userCode: `void main() {
          ${names.map((name) => `float ${name.toLowerCase()} = get${name}AtOutCoords();`).join('\n')}
          setOutput(${value});
        }`,
      },
      from,
      'float32',
      Object.values(uniforms).map((uniform) => [uniform]),
    );
  const decay = (beta: number) => ({ beta, share: 1 - beta });
  const first = run(['M', 'G'], 'm * beta + g * share', [firstMoments, gradient], decay(beta1));
  const second = run(['V', 'G'], 'v * beta + g * g * share', [secondMoments, gradient], decay(beta2));
  const updated = run(
    ['P', 'M', 'V'],
    'p - m * stepSize / (sqrt(v) + epsilon)',
    [parameters, first, second],
    { stepSize, epsilon },
  );
  return [updated, first, second];
}
