/**
 * Runs in lock-step ask for the same programs with other tensors. On a GPU a small network's step is bound by the number
 * of programs: so what each run asks for is noted, programs that are equal are put together, and each of those runs once,
 * for all runs. Its output is one texture with a slice a run. Networks, losses and kernels do not know.
 */

import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import type { LockstepBackend } from '../lab/lockstep.ts';

type Program = Parameters<MathBackendWebGL['runWebGLProgram']>[0];

/** A program that has been asked for and has not run. */
interface Request {
  readonly program: Program;
  /** Each is held until the program has run, or is not needed any more. */
  readonly inputs: readonly tf.TensorInfo[];
  readonly dtype: tf.DataType;
  readonly uniforms: number[][] | undefined;
  /** Equal for programs that differ in nothing but their tensors and uniforms. */
  readonly form: string;
  /** The tensor that is to have the values. */
  output: object;
}

/** Equal programs of some runs: at most one a run. */
interface Group {
  /** Equal for programs with equal uniforms, too: those of a step change with every step. */
  readonly key: string;
  readonly requests: Request[];
}

/** A program with more values than this keeps a GPU busy by itself; together they would only need more memory at once. */
const MOST_VALUES = 2 ** 20;
/** Textures that a program may read: what WebGL 2 promises. */
const MOST_TEXTURES = 16;
/** Axes of a tensor that a program for several runs can read or write. */
const MOST_AXES = 4;
/** What only stock kernels' own frame knows: such programs run alone. */
const OWN_FRAME = /[sS]hape|resultUV|outputColor|gl_|coordsFrom/;

/** Releases tensors that were held with `incRef`. */
export function release(backend: MathBackendWebGL, tensors: readonly tf.TensorInfo[]): void {
  for (const { dataId } of tensors) {
    const isGone = backend.disposeData(dataId);
    if (isGone && tf.engine().state.tensorInfo.has(dataId)) tf.engine().removeDataId(dataId, backend);
  }
}

/** Puts programs of several runs together, on one WebGL backend. Make it before anything else wraps the backend's methods. */
export class Lockstep implements LockstepBackend {
  readonly #backend: MathBackendWebGL;
  readonly #run: MathBackendWebGL['runWebGLProgram'];
  /** What each item has asked for, in order; undefined where programs run at once. */
  #asked: Request[][] | undefined;
  readonly #waiting = new Map<object, Request>();
  readonly #programs = new Map<string, Program>();

  constructor(backend: MathBackendWebGL) {
    this.#backend = backend;
    const { runWebGLProgram, uploadToGPU, readSync, read, readToGPU, disposeData, shouldExecuteOnCPU } =
      backend;
    this.#run = runWebGLProgram.bind(backend);
    backend.runWebGLProgram = (program, inputs, dtype, uniforms, ...rest) => {
      if (this.#asked !== undefined && isPlain(program, inputs) && rest.every((value) => !value))
        return this.#ask(program, inputs, dtype, uniforms);
      for (const { dataId } of inputs) this.#need(dataId);
      return this.#run(program, inputs, dtype, uniforms, ...rest);
    };
    backend.uploadToGPU = (dataId) => {
      this.#need(dataId);
      uploadToGPU.call(backend, dataId);
    };
    backend.readSync = (dataId) => {
      this.#need(dataId);
      return readSync.call(backend, dataId);
    };
    backend.read = (dataId) => {
      this.#need(dataId);
      return read.call(backend, dataId);
    };
    backend.readToGPU = (dataId, options) => {
      this.#need(dataId);
      return readToGPU.call(backend, dataId, options);
    };
    backend.disposeData = (dataId, force) => {
      const isGone = disposeData.call(backend, dataId, force);
      if (isGone) this.#forget(dataId);
      return isGone;
    };
    backend.shouldExecuteOnCPU = (inputs, threshold) =>
      !inputs.some(({ dataId }) => this.#waiting.has(dataId)) &&
      shouldExecuteOnCPU.call(backend, inputs, threshold);
    (backend as Partial<LockstepBackend>).inLockstep = (items, work) => this.inLockstep(items, work);
  }

  inLockstep<T, R>(items: readonly T[], work: (item: T) => R): R[] {
    if (this.#asked !== undefined) return items.map(work);
    this.#asked = [];
    try {
      const results: R[] = [];
      for (const item of items) {
        this.#asked.push([]);
        results.push(work(item));
      }
      this.#runAll();
      return results;
    } finally {
      // After an error, too: other tensors may hang on what was asked.
      this.#runAll();
      this.#asked = undefined;
    }
  }

  /** Gives what a tensor has, or will have, to another that has nothing yet, and disposes the first. */
  handOver(from: tf.TensorInfo, to: object): void {
    const request = this.#waiting.get(from.dataId);
    if (request === undefined) {
      const source = this.#backend.texData.get(from.dataId);
      const { texture, texShape, usage, isPacked } = source;
      Object.assign(this.#backend.texData.get(to), { texture, texShape, usage, isPacked });
      source.texture = null as unknown as typeof texture;
    } else {
      this.#waiting.delete(from.dataId);
      this.#waiting.set(to, request);
      request.output = to;
    }
    this.#backend.disposeIntermediateTensorInfo(from);
  }

  #ask(
    program: Program,
    inputs: readonly tf.TensorInfo[],
    dtype: tf.DataType,
    uniforms: number[][] | undefined,
  ): tf.TensorInfo {
    // What another item is still to compute would have to come before this one.
    const own = new Set(this.#asked?.at(-1));
    const isOwn = ({ dataId }: tf.TensorInfo) => own.has(this.#waiting.get(dataId) as Request);
    if (inputs.some((input) => this.#waiting.has(input.dataId) && !isOwn(input))) this.#runAll();
    for (const { dataId } of inputs) this.#backend.incRef(dataId);
    const held = inputs.map(({ dataId, shape, dtype }) => ({ dataId, shape, dtype }));
    const output = this.#backend.makeTensorInfo(program.outputShape, dtype);
    const form = formOf(program, held, dtype);
    const request = { program, inputs: held, dtype, uniforms, form, output: output.dataId };
    this.#waiting.set(output.dataId, request);
    this.#asked?.at(-1)?.push(request);
    return output;
  }

  /** A tensor's values are needed now. */
  #need(dataId: object): void {
    if (this.#waiting.has(dataId)) this.#runAll();
  }

  /** A tensor is gone before it was computed. */
  #forget(dataId: object): void {
    const request = this.#waiting.get(dataId);
    if (request === undefined) return;
    this.#waiting.delete(dataId);
    release(this.#backend, request.inputs);
  }

  /** Computes what has been asked for and is still wanted. */
  #runAll(): void {
    const asked = this.#asked?.map((requests) => requests.filter((request) => this.#isWanted(request))) ?? [];
    this.#asked = this.#asked?.map(() => []);
    for (const { requests } of asked.reduce(aligned, [])) {
      const wanted = requests.filter((request) => this.#isWanted(request));
      const together = wanted.length > 1 ? this.#together(wanted) : undefined;
      if (together !== undefined) this.#runTogether(wanted, together);
      else for (const request of wanted) this.#runAlone(request);
    }
  }

  #isWanted(request: Request): boolean {
    return this.#waiting.get(request.output) === request;
  }

  #runAlone(request: Request): void {
    const { program, inputs, dtype, uniforms, output } = request;
    this.#waiting.delete(output);
    this.handOver(this.#run(program, [...inputs], dtype, uniforms), output);
    release(this.#backend, inputs);
  }

  #runTogether(requests: readonly Request[], { program, inputs }: Together): void {
    const backend = this.#backend;
    const [{ program: own, dtype, uniforms }] = requests as [Request];
    const size = tf.util.sizeFromShape(own.outputShape);
    const all = this.#run(program, inputs, dtype, uniforms);
    const { texture, texShape, usage, isPacked } = backend.texData.get(all.dataId);
    for (const [index, { output }] of requests.entries()) {
      this.#waiting.delete(output);
      // As TensorFlow.js's own slices share a texture.
      const slice = { flatOffset: index * size, origDataId: all.dataId };
      Object.assign(backend.texData.get(output), { texture, texShape, usage, isPacked, slice });
      backend.dataRefCount.set(all.dataId, (backend.dataRefCount.get(all.dataId) ?? 1) + 1);
    }
    backend.disposeIntermediateTensorInfo(all);
    for (const { inputs: held } of requests) release(backend, held);
  }

  /** One program for equal ones; undefined where it would read too many textures. */
  #together(requests: readonly Request[]): Together | undefined {
    const [first] = requests as [Request];
    const reads = first.inputs.map((_, variable) =>
      this.#readOf(requests.map(({ inputs }) => inputs[variable] as tf.TensorInfo)),
    );
    const inputs = reads.flatMap(({ tensors }) => tensors);
    if (inputs.length > MOST_TEXTURES) return undefined;
    const ways = reads.map(({ way, stride, tensors }) => [way, stride, tensors.length]);
    const key = JSON.stringify([first.form, requests.length, ways]);
    const program = this.#programs.get(key) ?? programOf(first, requests.length, reads);
    this.#programs.set(key, program);
    return { program, inputs };
  }

  /** How the tensors that runs have for one variable are read. */
  #readOf(tensors: readonly tf.TensorInfo[]): Read {
    const [first] = tensors as [tf.TensorInfo];
    const { dataId, dtype, shape } = first;
    if (tensors.every((tensor) => tensor.dataId === dataId))
      return { way: 'shared', tensors: [first], stride: 0 };
    const slices = tensors.map((tensor) => this.#backend.texData.get(tensor.dataId).slice);
    const start = slices[0]?.flatOffset ?? 0;
    const stride = (slices[1]?.flatOffset ?? 0) - start;
    const isStack = slices.every(
      (slice, run) =>
        slice?.origDataId === slices[0]?.origDataId && slice?.flatOffset === start + run * stride,
    );
    if (!isStack || stride <= 0) return { way: 'each', tensors, stride: 0 };
    const size = tf.util.sizeFromShape(shape);
    return stride === size
      ? { way: 'stack', tensors: [{ dataId, dtype, shape: stacked(shape, tensors.length) }], stride }
      : { way: 'flat', tensors: [{ dataId, dtype, shape: [(tensors.length - 1) * stride + size] }], stride };
  }
}

interface Together {
  readonly program: Program;
  readonly inputs: tf.TensorInfo[];
}

/** How a program for several runs reads one variable. */
interface Read {
  /**
   * One tensor for all runs; one a run; their values one after another as one tensor of the same shape but for a longer
   * first axis; or as a row of values with `stride` from one run's to the next one's.
   */
  readonly way: 'shared' | 'each' | 'stack' | 'flat';
  readonly tensors: readonly tf.TensorInfo[];
  readonly stride: number;
}

/** The shape of so many tensors one after another. */
function stacked(shape: readonly number[], count: number): number[] {
  const [first = 1, ...others] = shape;
  return [first * count, ...others];
}

/** Whether a program could be put together with others. */
function isPlain(
  { packedInputs, packedOutput, outTexUsage, outPackingScheme, outputShape, userCode }: Program,
  inputs: readonly tf.TensorInfo[],
): boolean {
  const isFramed = packedInputs || packedOutput || outTexUsage != null || outPackingScheme != null;
  const shapes = [outputShape, ...inputs.map(({ shape }) => shape)];
  return (
    !isFramed &&
    !OWN_FRAME.test(userCode) &&
    shapes.every((shape) => shape.length <= MOST_AXES && isSmall(tf.util.sizeFromShape(shape)))
  );
}

function isSmall(size: number): boolean {
  return size > 0 && size <= MOST_VALUES;
}

function formOf(
  { variableNames, outputShape, customUniforms, userCode }: Program,
  inputs: readonly tf.TensorInfo[],
  dtype: tf.DataType,
): string {
  const shapes = inputs.map((input) => [input.shape, input.dtype]);
  return JSON.stringify([variableNames, outputShape, customUniforms, userCode, shapes, dtype]);
}

function keyOf({ form, uniforms }: Request): string {
  return uniforms === undefined ? form : form + JSON.stringify(uniforms);
}

/** Weaves one more list in: as many equal programs together as the order of both lists allows. */
function aligned(groups: readonly Group[], requests: readonly Request[]): Group[] {
  const keys = requests.map(keyOf);
  // lengths[i][j]: the longest common subsequence of what is left from there on.
  const lengths = Array.from({ length: groups.length + 1 }, () => new Uint16Array(requests.length + 1));
  const lengthAt = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  const isEqual = (i: number, j: number) => groups[i]?.key === keys[j];
  for (let i = groups.length - 1; i >= 0; i--) {
    for (let j = requests.length - 1; j >= 0; j--) {
      (lengths[i] as Uint16Array)[j] = isEqual(i, j)
        ? lengthAt(i + 1, j + 1) + 1
        : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
    }
  }
  const woven: Group[] = [];
  let i = 0;
  let j = 0;
  while (i < groups.length || j < requests.length) {
    const group = groups[i];
    const request = requests[j];
    if (group !== undefined && request !== undefined && isEqual(i, j)) {
      woven.push({ key: group.key, requests: [...group.requests, request] });
      i++;
      j++;
    } else if (group !== undefined && (request === undefined || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      woven.push(group);
      i++;
    } else if (request !== undefined) {
      woven.push({ key: keys[j] as string, requests: [request] });
      j++;
    }
  }
  return woven;
}

/** One program for `count` runs: its output has theirs one after another. */
function programOf({ program, inputs }: Request, count: number, reads: readonly Read[]): Program {
  const { outputShape, customUniforms, userCode } = program;
  const names = reads.map(({ tensors }, variable) => tensors.map((_, run) => `R${variable}x${run}`));
  const readers = inputs.map(({ shape }, variable) => {
    const name = program.variableNames[variable] as string;
    const own = `get${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const read = {
      ...(reads[variable] as Read),
      shape,
      names: (names[variable] as string[]).map((of) => `get${of}`),
    };
    const isRead = userCode.includes(`${own}AtOutCoords`);
    return `${readerOf(own, read)}${isRead ? atOutput(own, read, outputShape) : ''}`;
  });
  const [length = 1] = outputShape;
  const type = typeOf(outputShape);
  const first = type === 'int' ? 'own' : 'own.x';
  return {
    variableNames: names.flat(),
    outputShape: stacked(outputShape, count),
    ...(customUniforms && { customUniforms }),
    userCode: `int run = 0;
    ${type} own;
    ${type} placeOfAll() { return getOutputCoords(); }
    ${type} ownCoords() { return own; }
    ${readers.join('')}
    ${userCode.replaceAll('getOutputCoords', 'ownCoords').replace('void main()', 'void ownMain()')}
    void main() {
      own = placeOfAll();
      run = ${first} / ${length};
      ${first} -= run * ${length};
      ownMain();
    }`,
  };
}

/** GLSL: the type of a place in a tensor of this shape. */
function typeOf(shape: readonly number[]): string {
  return shape.length < 2 ? 'int' : `ivec${shape.length}`;
}

interface Reader extends Read {
  readonly shape: readonly number[];
  /** Functions of the stock frame that read the tensors. */
  readonly names: readonly string[];
}

/** GLSL: the function by which a program reads a variable, of the run at hand. */
function readerOf(name: string, { way, stride, shape, names }: Reader): string {
  const places = shape.map((_, axis) => `d${axis}`);
  const [reading] = names;
  const all = places.join(', ');
  const value = {
    shared: () => `${reading}(${all})`,
    each: () =>
      names
        .map((own) => `${own}(${all})`)
        .reduceRight((others, own, run) => `run == ${run} ? ${own} : ${others}`),
    stack: () => {
      const [first, ...others] = places;
      const start = first === undefined ? 'run' : `run * ${shape[0]} + ${first}`;
      return `${reading}(${[start, ...others].join(', ')})`;
    },
    flat: () => {
      const strides = shape.map((_, axis) => tf.util.sizeFromShape(shape.slice(axis + 1)));
      const terms = [`run * ${stride}`, ...places.map((place, axis) => `${place} * ${strides[axis]}`)];
      return `${reading}(${terms.join(' + ')})`;
    },
  }[way]();
  return `float ${name}(${places.map((place) => `int ${place}`).join(', ')}) { return ${value}; }\n`;
}

/** GLSL: the same at the output's place, broadcast as it must be. */
function atOutput(name: string, { way, shape, names }: Reader, outputShape: readonly number[]): string {
  const isWhole = tf.util.arraysEqual([...shape], [...outputShape]);
  const offset = outputShape.length - shape.length;
  const at = (axis: number) => (outputShape.length < 2 ? 'own' : `own[${axis + offset}]`);
  const places = shape.map((length, axis) => (length === 1 && !isWhole ? '0' : at(axis)));
  // The frame knows that the places of the output are those of the tensor.
  const value = way === 'stack' && isWhole ? `${names[0]}AtOutCoords()` : `${name}(${places.join(', ')})`;
  return `float ${name}AtOutCoords() { return ${value}; }\n`;
}
