/**
 * Which parameters the networks have, in the order of θ: plain data, so that a length can be checked without
 * TensorFlow.js. What they compute stands in compact.ts and lenets.ts.
 */

export type Initializer =
  /** Normal with standard deviation √(2 / fan-in) (He et al. 2015): before a PReLU. */
  | { readonly kind: 'he'; readonly fanIn: number }
  /** Uniform in ±√(6 / (fan-in + fan-out)) (Glorot & Bengio 2010): before a linear output. */
  | { readonly kind: 'xavier'; readonly fanIn: number; readonly fanOut: number }
  | { readonly kind: 'constant'; readonly value: number };

export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
}

/** What decides how large a network's layers are. */
export interface NetworkShape {
  /** Width of the feature layer: 2 for the plots. */
  readonly dim: number;
  readonly classes: number;
  /** Images are side × side pixels. */
  readonly side: number;
}

/** The name of the classifier's weights W, [dim, classes], in every network's parameters. */
export const CLASSIFIER = 'classifier/weights';

/** He et al. 2015: PReLU slopes start at 0.25. */
const INITIAL_SLOPE = 0.25;

/** Two convolutions, a dense layer of 64, and the head. */
export function compactSpecs(shape: NetworkShape): readonly ParameterSpec[] {
  return [
    ...convolutionSpecs('conv1', 5, 1, 8),
    ...convolutionSpecs('conv2', 5, 8, 16),
    ...denseSpecs('dense', compactFlat(shape), 64),
    ...headSpecs(64, shape),
  ];
}

/** Values an image behind the compact network's convolutions, which halve its side twice, rounding up. */
export function compactFlat({ side }: Pick<NetworkShape, 'side'>): number {
  return Math.ceil(side / 4) ** 2 * 16;
}

export const LENETS_STAGES = [
  { name: 'stage1', input: 1, output: 32 },
  { name: 'stage2', input: 32, output: 64 },
  { name: 'stage3', input: 64, output: 128 },
] as const;

/** Three stages of two convolutions, and the head. */
export function lenetsSpecs(shape: NetworkShape): readonly ParameterSpec[] {
  return [
    ...LENETS_STAGES.flatMap(({ name, input, output }) => [
      ...convolutionSpecs(`${name}/conv1`, 5, input, output),
      ...convolutionSpecs(`${name}/conv2`, 5, output, output),
    ]),
    ...headSpecs(lenetsFlat(shape), shape),
  ];
}

/** Values an image behind the three pools of LeNets++, which halve its side, rounding down. */
export function lenetsFlat({ side }: Pick<NetworkShape, 'side'>): number {
  return Math.floor(side / 8) ** 2 * 128;
}

/** Number of values in all of them. */
export function parameterCount(specs: readonly ParameterSpec[]): number {
  return specs.reduce((sum, spec) => sum + sizeOf(spec), 0);
}

/** Number of values in one. */
export function sizeOf({ shape }: ParameterSpec): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Weights [size, size, in, out], bias [out] and a PReLU slope a channel [out]. */
function convolutionSpecs(name: string, size: number, input: number, output: number): ParameterSpec[] {
  const fanIn = size * size * input;
  return [
    { name: `${name}/weights`, shape: [size, size, input, output], initializer: { kind: 'he', fanIn } },
    { name: `${name}/bias`, shape: [output], initializer: { kind: 'constant', value: 0 } },
    { name: `${name}/slope`, shape: [output], initializer: { kind: 'constant', value: INITIAL_SLOPE } },
  ];
}

/** Weights [in, out], bias [out] and a PReLU slope a unit [out]. */
function denseSpecs(name: string, input: number, output: number): ParameterSpec[] {
  return [
    { name: `${name}/weights`, shape: [input, output], initializer: { kind: 'he', fanIn: input } },
    { name: `${name}/bias`, shape: [output], initializer: { kind: 'constant', value: 0 } },
    { name: `${name}/slope`, shape: [output], initializer: { kind: 'constant', value: INITIAL_SLOPE } },
  ];
}

/** The linear feature layer, with bias, and the classifier on it, without (Wen et al.: with it the picture changes). */
function headSpecs(input: number, { dim, classes }: NetworkShape): ParameterSpec[] {
  return [
    {
      name: 'features/weights',
      shape: [input, dim],
      initializer: { kind: 'xavier', fanIn: input, fanOut: dim },
    },
    { name: 'features/bias', shape: [dim], initializer: { kind: 'constant', value: 0 } },
    {
      name: CLASSIFIER,
      shape: [dim, classes],
      initializer: { kind: 'xavier', fanIn: dim, fanOut: classes },
    },
  ];
}
