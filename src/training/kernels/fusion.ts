/**
 * Fewer programs on WebGL: what is computed value by value is not computed at once but noted, and runs as one
 * program together with what follows, when a kernel of another kind needs it or it is read. On a GPU a small
 * network's step is bound by the number of programs, not by arithmetic. Networks and losses do not know.
 */

import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import type { KernelCall } from './calls.ts';
import { type Lockstep, release } from './lockstep.ts';

/** An input of a program: a tensor, sampled at the place of the output that is computed, broadcast as it must be. */
interface Leaf {
  readonly tensor: tf.TensorInfo;
}

interface Operation {
  readonly formula: Formula;
  readonly operands: readonly Node[];
}

type Node = Leaf | Operation;
/** GLSL of an operation on values that have these names. */
type Formula = (...names: string[]) => string;

/** A tensor that is noted and not computed yet. */
interface Noted {
  readonly root: Operation;
  readonly shape: number[];
  readonly dtype: tf.DataType;
  /** Each is held until the tensor is computed or disposed. */
  readonly leaves: readonly tf.TensorInfo[];
}

/** A program reads at most so many textures (WebGL 2 promises 16), and stays short enough to compile soon. */
const MOST_LEAVES = 12;
const MOST_OPERATIONS = 40;

/** As TensorFlow.js's own programs compute them. */
const FORMULAS: Record<string, Formula> = {
  Add: (a, b) => `${a} + ${b}`,
  Sub: (a, b) => `${a} - ${b}`,
  Multiply: (a, b) => `${a} * ${b}`,
  RealDiv: (a, b) => `${a} == ${b} ? 1.0 : ${a} / ${b}`,
  Maximum: (a, b) => `isnan(${a}) ? ${a} : isnan(${b}) ? ${b} : max(${a}, ${b})`,
  Greater: (a, b) => `float(${a} > ${b})`,
  Prelu: (x, slope) => `${x} < 0.0 ? ${slope} * ${x} : ${x}`,
  Select: (condition, a, b) => `${condition} >= 1.0 ? ${a} : ${b}`,
  Neg: (x) => `-${x}`,
  Exp: (x) => `exp(${x})`,
  Log: (x) => `${x} < 0.0 ? NAN : log(${x})`,
  Sqrt: (x) => `sqrt(${x})`,
  Square: (x) => `${x} * ${x}`,
  Cast: (x) => x,
  AddN: (...terms) => terms.join(' + '),
  Relu: (x) => `isnan(${x}) ? ${x} : ${x} < 0.0 ? 0.0 : ${x}`,
  Step: (x) => `isnan(${x}) ? ${x} : float(${x} > 0.0)`,
  ZerosLike: () => '0.0',
};
/** In the order of a formula's operands. */
const OPERANDS = ['x', 'a', 'condition', 'alpha', 't', 'b', 'e'] as const;
/** These only hand a tensor on; they do not look at its values. */
const BLIND = new Set(['Identity', 'Reshape', 'ExpandDims']);
/** Larger constants than this are worth a look: filled with 0 or 1, they need no upload. */
const SMALL = 4;

/** What a kernel reads value by value: GLSL, and the tensors in it. */
export interface Source {
  readonly variableNames: string[];
  readonly tensors: tf.TensorInfo[];
  /** Defines `float value(int index)`: the value at a place in row-major order. */
  readonly definition: string;
}

/** A kernel that reads a noted tensor without having it computed first. Undefined: the stock kernel serves. */
export type ReadingKernel = (
  call: KernelCall,
  backend: MathBackendWebGL,
  sourceOf: (tensor: tf.TensorInfo) => Source,
) => tf.TensorInfo | undefined;

/**
 * Notes instead of computing, on the WebGL backend that is set. Call it once a backend, after all its kernels
 * are registered.
 */
export function fuseKernels(
  backend: MathBackendWebGL,
  lockstep: Lockstep,
  reading: Record<string, ReadingKernel>,
): void {
  const fusion = new Fusion(backend, lockstep);
  for (const kernel of tf.getKernelsForBackend('webgl')) {
    const { kernelName } = kernel;
    if (BLIND.has(kernelName)) continue;
    tf.unregisterKernel(kernelName, 'webgl');
    tf.registerKernel({
      ...kernel,
      kernelFunc: (call) => {
        if (call.backend !== backend) return kernel.kernelFunc(call);
        const result =
          fusion.note(call, kernelName) ??
          reading[kernelName]?.(call, backend, (tensor) => fusion.sourceOf(tensor));
        if (result !== undefined) return result;
        for (const input of inputsOf(call)) fusion.compute(input.dataId);
        return kernel.kernelFunc(call);
      },
    });
  }
}

/** All tensors of a call, those in lists included. */
function inputsOf({ inputs }: KernelCall): tf.TensorInfo[] {
  return Object.values(inputs)
    .flat()
    .filter((input) => input != null);
}

class Fusion {
  readonly #backend: MathBackendWebGL;
  readonly #lockstep: Lockstep;
  readonly #noted = new Map<object, Noted>();

  constructor(backend: MathBackendWebGL, lockstep: Lockstep) {
    this.#backend = backend;
    this.#lockstep = lockstep;
    const { readSync, read, readToGPU, disposeData } = backend;
    backend.readSync = (dataId) => {
      this.compute(dataId);
      return readSync.call(backend, dataId);
    };
    backend.read = (dataId) => {
      this.compute(dataId);
      return read.call(backend, dataId);
    };
    backend.readToGPU = (dataId, options) => {
      this.compute(dataId);
      return readToGPU.call(backend, dataId, options);
    };
    backend.disposeData = (dataId, force) => {
      const isGone = disposeData.call(backend, dataId, force);
      if (isGone) this.#forget(dataId);
      return isGone;
    };
  }

  /** Undefined where this call must be computed at once. */
  note(call: KernelCall, kernelName: string): tf.TensorInfo | undefined {
    if (kernelName === 'Pack') return this.#list(inputsOf(call));
    const formula = FORMULAS[kernelName];
    if (formula === undefined) return undefined;
    const tensors =
      kernelName === 'AddN'
        ? inputsOf(call)
        : OPERANDS.flatMap((name) => (call.inputs[name] as tf.TensorInfo | undefined) ?? []);
    const isNoted = tensors.some(({ dataId }) => this.#noted.has(dataId));
    // Small constants are computed without the GPU.
    if (!isNoted && this.#backend.shouldExecuteOnCPU(tensors)) return undefined;
    if (tensors.some(({ dtype }) => dtype !== 'float32' && dtype !== 'bool')) return undefined;
    if (kernelName === 'Cast' && call.attrs?.dtype !== 'float32') return undefined;
    if (kernelName === 'Step' && call.attrs?.alpha !== 0) return undefined;
    const shapes = tensors.map(({ shape }) => shape);
    const isUneven = shapes.some((shape) => !tf.util.arraysEqual(shape, shapes[0] ?? []));
    if (kernelName === 'Select' && isUneven) return undefined;
    const shape = shapes.reduce((a, b) => tf.broadcast_util.assertAndGetBroadcastShape(a, b));
    const dtype = kernelName === 'Greater' ? 'bool' : 'float32';
    if (kernelName === 'ZerosLike') return this.#keep({ formula, operands: [] }, shape, dtype);
    const root = this.#operation(formula, tensors);
    if (leavesOf(root).length <= MOST_LEAVES && operationsOf(root).length <= MOST_OPERATIONS)
      return this.#keep(root, shape, dtype);
    for (const { dataId } of tensors) this.compute(dataId);
    return this.#keep(this.#operation(formula, tensors), shape, dtype);
  }

  /** Scalars side by side, in one program. */
  #list(scalars: readonly tf.TensorInfo[]): tf.TensorInfo | undefined {
    if (scalars.some(({ shape, dtype }) => shape.length > 0 || dtype !== 'float32')) return undefined;
    const formula: Formula = (...names) =>
      names.reduceRight((rest, name, i) => `getOutputCoords() == ${i} ? ${name} : ${rest}`);
    const list = this.#keep(this.#operation(formula, scalars), [scalars.length], 'float32');
    // Computed at once: only its own program knows its places.
    this.compute(list.dataId);
    return list;
  }

  /** How to read a tensor, noted or not. */
  sourceOf(tensor: tf.TensorInfo): Source {
    const [root] = this.#operation(FORMULAS.Cast as Formula, [tensor]).operands;
    const identity: Operation = { formula: (x) => x, operands: root === undefined ? [] : [root] };
    const leaves = leavesOf(identity);
    return {
      variableNames: namesOf(leaves),
      tensors: leaves,
      definition: valueFunction(identity, leaves, tensor.shape),
    };
  }

  /** Computes what was noted of a tensor; nothing where it has its values. */
  compute(dataId: object): void {
    const noted = this.#noted.get(dataId);
    if (noted === undefined) return;
    this.#noted.delete(dataId);
    const { root, shape, dtype, leaves } = noted;
    const backend = this.#backend;
    const result = backend.runWebGLProgram(program(root, leaves, shape), [...leaves], dtype);
    this.#lockstep.handOver(result, dataId);
    release(backend, leaves);
  }

  #operation(formula: Formula, tensors: readonly tf.TensorInfo[]): Operation {
    const operands = tensors.map((tensor) => {
      const noted = this.#noted.get(tensor.dataId);
      if (noted !== undefined && tf.util.arraysEqual(noted.shape, tensor.shape)) return noted.root;
      // Under another shape the places differ.
      this.compute(tensor.dataId);
      const constant = this.#filledWith(tensor);
      if (constant !== undefined) return { formula: () => constant, operands: [] };
      return { tensor: { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype } };
    });
    return { formula, operands };
  }

  /** GLSL of 0 or 1, where the tensor is a constant filled with it that was never uploaded. */
  #filledWith({ dataId, shape }: tf.TensorInfo): string | undefined {
    const values = this.#backend.texData.get(dataId).values as ArrayLike<number> | null | undefined;
    if (values == null || tf.util.sizeFromShape(shape) <= SMALL) return undefined;
    const [first] = [values[0]];
    if (first !== 0 && first !== 1) return undefined;
    return Array.prototype.every.call(values, (value) => value === first) ? `${first}.0` : undefined;
  }

  #keep(root: Operation, shape: number[], dtype: tf.DataType): tf.TensorInfo {
    const leaves = leavesOf(root);
    for (const { dataId } of leaves) this.#backend.incRef(dataId);
    const tensor = this.#backend.makeTensorInfo(shape, dtype);
    this.#noted.set(tensor.dataId, { root, shape, dtype, leaves });
    return tensor;
  }

  #forget(dataId: object): void {
    const noted = this.#noted.get(dataId);
    if (noted === undefined) return;
    this.#noted.delete(dataId);
    release(this.#backend, noted.leaves);
  }
}

/** Each operation below `root` once, operands first. */
function operationsOf(root: Operation): Operation[] {
  const found = new Set<Operation>();
  const visit = (node: Node) => {
    if ('tensor' in node || found.has(node)) return;
    for (const operand of node.operands) visit(operand);
    found.add(node);
  };
  visit(root);
  return [...found];
}

/** Each tensor below `root` once; one tensor under two shapes counts twice. */
function leavesOf(root: Operation): tf.TensorInfo[] {
  const found: tf.TensorInfo[] = [];
  for (const { operands } of operationsOf(root)) {
    for (const operand of operands) {
      if ('tensor' in operand && !found.some((leaf) => isSame(leaf, operand.tensor)))
        found.push(operand.tensor);
    }
  }
  return found;
}

function isSame(a: tf.TensorInfo, b: tf.TensorInfo): boolean {
  return a.dataId === b.dataId && tf.util.arraysEqual(a.shape, b.shape);
}

function namesOf(leaves: readonly tf.TensorInfo[]): string[] {
  return leaves.map((_, i) => `L${i}`);
}

/** GLSL that computes `root` from its leaves' values l0, l1, …, and the name of the result. */
function linesOf(root: Operation, leaves: readonly tf.TensorInfo[]): { lines: string[]; result: string } {
  const operations = operationsOf(root);
  const nameOf = (node: Node) =>
    'tensor' in node
      ? `l${leaves.findIndex((leaf) => isSame(leaf, node.tensor))}`
      : `v${operations.indexOf(node)}`;
  const lines = operations.map(
    (operation) => `float ${nameOf(operation)} = ${operation.formula(...operation.operands.map(nameOf))};`,
  );
  return { lines, result: nameOf(root) };
}

/** One program for all operations below `root`. */
function program(root: Operation, leaves: readonly tf.TensorInfo[], outputShape: number[]) {
  const reads = leaves.map((_, i) => `float l${i} = getL${i}AtOutCoords();`);
  const { lines, result } = linesOf(root, leaves);
  return {
    variableNames: namesOf(leaves),
    outputShape,
    userCode: `void main() {\n${[...reads, ...lines].join('\n')}\nsetOutput(${result});\n}`,
  };
}

/** `float value(int index)` of what `root` is at a place of a tensor of this shape. */
function valueFunction(root: Operation, leaves: readonly tf.TensorInfo[], shape: number[]): string {
  const strides = shape.map((_, axis) => tf.util.sizeFromShape(shape.slice(axis + 1)));
  const places = shape.map(
    (_, axis) => `int d${axis} = index / ${strides[axis]}; index -= d${axis} * ${strides[axis]};`,
  );
  const reads = leaves.map((leaf, i) => {
    // Broadcast: aligned at the last axis, and of an axis of length 1 there is only place 0.
    const offset = shape.length - leaf.shape.length;
    const at = leaf.shape.map((length, axis) => (length === 1 ? '0' : `d${axis + offset}`));
    return `float l${i} = getL${i}(${at.join(', ')});`;
  });
  const { lines, result } = linesOf(root, leaves);
  return `float value(int index) {\n${[...places, ...reads, ...lines].join('\n')}\nreturn ${result};\n}`;
}
