/**
 * Training kernels in WebAssembly SIMD, for TensorFlow.js's WASM backend: they run on its memory, on
 * pointers that it allocated, and own none. Matrices are row-major, images NHWC, all float32.
 */

/** Rows and columns of a full tile: a column is two vectors wide. */
const ROWS: i32 = 4;
const WIDE: i32 = 8;
const LANES: i32 = 4;
const FLOAT: usize = 4;

/** sum + x · y: in one instruction, rounded once, where the build has relaxed SIMD. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function addProduct(sum: v128, x: v128, y: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, sum);
  return f32x4.add(sum, f32x4.mul(x, y));
}

/**
 * C [m × n] = A · B with A [m × k], B [k × n]. Steps are in bytes, so that either may be the transposition
 * of what lies in memory.
 *
 * @param rowOfA from a row of A to the next, `stepA` along a row
 * @param rowOfB from a row of B to the next, `stepB` along a row
 * @param scratch room for B in panels: k · ⌈n / 8⌉ · 8 values
 */
export function product(
  a: usize,
  rowOfA: usize,
  stepA: usize,
  b: usize,
  rowOfB: usize,
  stepB: usize,
  c: usize,
  scratch: usize,
  m: i32,
  n: i32,
  k: i32,
): void {
  const rowOfC = <usize>n * FLOAT;
  const panelBytes = <usize>(k * WIDE) * FLOAT;
  toPanels(b, rowOfB, stepB, scratch, n, k, panelBytes);
  for (let i: i32 = 0; i < m; i += ROWS) {
    const rows = min(ROWS, m - i);
    const a0 = a + <usize>i * rowOfA;
    // Rows that are not there are the first one again, and are not stored.
    const a1 = rows > 1 ? a0 + rowOfA : a0;
    const a2 = rows > 2 ? a0 + 2 * rowOfA : a0;
    const a3 = rows > 3 ? a0 + 3 * rowOfA : a0;
    let packed = scratch;
    for (let j: i32 = 0; j < n; j += WIDE) {
      const at = c + <usize>i * rowOfC + <usize>j * FLOAT;
      tile(a0, a1, a2, a3, stepA, k, 0, 1, packed, at, rowOfC, rows, min(WIDE, n - j), false);
      packed += panelBytes;
    }
  }
}

/**
 * B [k × n] to panels of eight columns, each [k, 8] without gaps, `panelBytes` apart, zeros where there is no
 * column.
 */
function toPanels(
  b: usize,
  rowOfB: usize,
  stepB: usize,
  panels: usize,
  n: i32,
  k: i32,
  panelBytes: usize,
): void {
  let panel = panels;
  for (let j: i32 = 0; j < n; j += WIDE) {
    let to = panel;
    const columns = min(WIDE, n - j);
    let from = b + <usize>j * stepB;
    for (let q: i32 = 0; q < k; q++) {
      if (columns == WIDE && stepB == FLOAT) {
        putPair(to, v128.load(from), v128.load(from, 16));
      } else {
        for (let column: i32 = 0; column < WIDE; column++) {
          const value = column < columns ? load<f32>(from + <usize>column * stepB) : 0;
          store<f32>(to + <usize>column * FLOAT, value);
        }
      }
      from += rowOfB;
      to += <usize>WIDE * FLOAT;
    }
    panel += panelBytes;
  }
}

/**
 * Four rows and eight columns of a product, all of them in registers: C_i = Σ_q A_i[q] · B[q], or C_i += where
 * `adds`. Each A_i is read in `blocks`, `blockA` bytes apart, of `count` values, `stepA` bytes apart.
 *
 * @param panel B, [blocks · count, 8]
 * @param rows of C that are stored, 1 to 4, `rowOfC` bytes apart, and `columns`, 1 to 8
 */
function tile(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  stepA: usize,
  count: i32,
  blockA: usize,
  blocks: i32,
  panel: usize,
  c: usize,
  rowOfC: usize,
  rows: i32,
  columns: i32,
  adds: bool,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let start: usize = 0;
  for (let block: i32 = 0; block < blocks; block++) {
    const end = start + <usize>count * stepA;
    for (let q = start; q < end; q += stepA) {
      const b0 = v128.load(panel);
      const b1 = v128.load(panel, 16);
      const x0 = v128.load32_splat(a0 + q);
      c00 = addProduct(c00, x0, b0);
      c01 = addProduct(c01, x0, b1);
      const x1 = v128.load32_splat(a1 + q);
      c10 = addProduct(c10, x1, b0);
      c11 = addProduct(c11, x1, b1);
      const x2 = v128.load32_splat(a2 + q);
      c20 = addProduct(c20, x2, b0);
      c21 = addProduct(c21, x2, b1);
      const x3 = v128.load32_splat(a3 + q);
      c30 = addProduct(c30, x3, b0);
      c31 = addProduct(c31, x3, b1);
      panel += 32;
    }
    start += blockA;
  }
  putRow(c, c00, c01, columns, adds);
  if (rows > 1) putRow(c + rowOfC, c10, c11, columns, adds);
  if (rows > 2) putRow(c + 2 * rowOfC, c20, c21, columns, adds);
  if (rows > 3) putRow(c + 3 * rowOfC, c30, c31, columns, adds);
}

/** The first `columns` of eight values. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function putRow(at: usize, x: v128, y: v128, columns: i32, adds: bool): void {
  if (columns == WIDE) {
    if (adds) putPair(at, f32x4.add(v128.load(at), x), f32x4.add(v128.load(at, 16), y));
    else putPair(at, x, y);
  } else {
    putSome(at, x, y, columns, adds);
  }
}

function putSome(at: usize, x: v128, y: v128, columns: i32, adds: bool): void {
  let rest = x;
  for (let column: i32 = 0; column < columns; column++) {
    if (column == LANES) rest = y;
    const value = f32x4.extract_lane(rest, 0);
    store<f32>(at, adds ? load<f32>(at) + value : value);
    rest = v128.shuffle<f32>(rest, rest, 1, 2, 3, 0);
    at += FLOAT;
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function putPair(at: usize, x: v128, y: v128): void {
  v128.store(at, x);
  v128.store(at, y, 16);
}

/**
 * Convolution: y [batch, outHeight, outWidth, output].
 *
 * @param x [batch, inHeight, inWidth, input]; its zeros around, up to [height, width], are added here
 * @param filter [filterHeight, filterWidth, input, output]
 * @param scratch room for one padded image, then for the filter in panels: filterHeight · filterWidth · input ·
 *   ⌈output / 8⌉ · 8 values
 */
export function convolution(
  x: usize,
  filter: usize,
  y: usize,
  scratch: usize,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  input: i32,
  top: i32,
  left: i32,
  height: i32,
  width: i32,
  outHeight: i32,
  outWidth: i32,
  output: i32,
  filterHeight: i32,
  filterWidth: i32,
  stride: i32,
): void {
  const rowOfX = <usize>(width * input) * FLOAT;
  const stepRow = <usize>stride * rowOfX;
  const stepColumn = <usize>(stride * input) * FLOAT;
  const rowOfY = <usize>output * FLOAT;
  const segment = filterWidth * input;
  const patch = filterHeight * segment;
  const pixels = outHeight * outWidth;
  const panelBytes = <usize>(patch * WIDE) * FLOAT;
  const imageBytes = <usize>height * rowOfX;
  const panels = scratch + imageBytes;
  memory.fill(scratch, 0, imageBytes);
  toPanels(filter, rowOfY, FLOAT, panels, output, patch, panelBytes);
  for (let b: i32 = 0; b < batch; b++) {
    const image = paddedImage(x, b, scratch, inHeight, inWidth, input, top, left, height, width);
    let panel = panels;
    for (let j: i32 = 0; j < output; j += WIDE) {
      let at = y + <usize>(b * pixels) * rowOfY + <usize>j * FLOAT;
      for (let p: i32 = 0; p < pixels; p += ROWS) {
        const rows = min(ROWS, pixels - p);
        const p0 = image + placeOf(p, outWidth, stepRow, stepColumn);
        const p1 = rows > 1 ? image + placeOf(p + 1, outWidth, stepRow, stepColumn) : p0;
        const p2 = rows > 2 ? image + placeOf(p + 2, outWidth, stepRow, stepColumn) : p0;
        const p3 = rows > 3 ? image + placeOf(p + 3, outWidth, stepRow, stepColumn) : p0;
        const columns = min(WIDE, output - j);
        tile(p0, p1, p2, p3, FLOAT, segment, rowOfX, filterHeight, panel, at, rowOfY, rows, columns, false);
        at += ROWS * rowOfY;
      }
      panel += panelBytes;
    }
  }
}

/** Where place `index` of rows of `length` lies. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function placeOf(index: i32, length: i32, stepRow: usize, step: usize): usize {
  return <usize>(index / length) * stepRow + <usize>(index % length) * step;
}

/**
 * Gradient of a convolution's filter: dw [filterHeight, filterWidth, input, output].
 *
 * @param x [batch, inHeight, inWidth, input]; its zeros around, up to [height, width], are added here
 * @param dy [batch, outHeight, outWidth, output]
 * @param scratch room for one padded image, then for its dy in panels: outHeight · outWidth · ⌈output / 8⌉ · 8
 *   values
 */
export function filterGradient(
  x: usize,
  dy: usize,
  dw: usize,
  scratch: usize,
  batch: i32,
  inHeight: i32,
  inWidth: i32,
  input: i32,
  top: i32,
  left: i32,
  height: i32,
  width: i32,
  outHeight: i32,
  outWidth: i32,
  output: i32,
  filterHeight: i32,
  filterWidth: i32,
  stride: i32,
): void {
  const segment = filterWidth * input;
  const patch = filterHeight * segment;
  const pixels = outHeight * outWidth;
  const rowOfX = <usize>(width * input) * FLOAT;
  const stepRow = <usize>stride * rowOfX;
  const stepColumn = <usize>(stride * input) * FLOAT;
  const rowOfY = <usize>output * FLOAT;
  const panelBytes = <usize>(pixels * WIDE) * FLOAT;
  const imageBytes = <usize>height * rowOfX;
  const panels = scratch + imageBytes;
  memory.fill(scratch, 0, imageBytes);
  memory.fill(dw, 0, <usize>patch * rowOfY);
  for (let b: i32 = 0; b < batch; b++) {
    const image = paddedImage(x, b, scratch, inHeight, inWidth, input, top, left, height, width);
    toPanels(dy + <usize>(b * pixels) * rowOfY, rowOfY, FLOAT, panels, output, pixels, panelBytes);
    for (let p: i32 = 0; p < patch; p += ROWS) {
      const rows = min(ROWS, patch - p);
      const p0 = image + placeOf(p, segment, rowOfX, FLOAT);
      const p1 = rows > 1 ? image + placeOf(p + 1, segment, rowOfX, FLOAT) : p0;
      const p2 = rows > 2 ? image + placeOf(p + 2, segment, rowOfX, FLOAT) : p0;
      const p3 = rows > 3 ? image + placeOf(p + 3, segment, rowOfX, FLOAT) : p0;
      let panel = panels;
      for (let j: i32 = 0; j < output; j += WIDE) {
        const at = dw + <usize>p * rowOfY + <usize>j * FLOAT;
        const columns = min(WIDE, output - j);
        tile(p0, p1, p2, p3, stepColumn, outWidth, stepRow, outHeight, panel, at, rowOfY, rows, columns, true);
        panel += panelBytes;
      }
    }
  }
}

/**
 * Gradient of a convolution's input: dx [batch, height, width, input]. Pixels whose remainders by the stride
 * are equal meet the same taps of the filter, so each such group is a convolution of dy at stride 1.
 *
 * @param dy [batch, outHeight, outWidth, output]; its frame of zeros, up to [rowsOfDy, columnsOfDy], is added
 *   here: ⌈filterHeight / stride⌉ − 1 rows above, ⌈filterWidth / stride⌉ − 1 columns to the left, and enough
 *   below and to the right for the last pixel
 * @param filter [filterHeight, filterWidth, input, output]
 * @param scratch room for one image's framed dy, then for the taps of all groups in panels: filterHeight ·
 *   filterWidth · output · ⌈input / 8⌉ · 8 values
 * @param top zeros above the convolution's input, `left` zeros to its left
 */
export function inputGradient(
  dy: usize,
  filter: usize,
  dx: usize,
  scratch: usize,
  batch: i32,
  height: i32,
  width: i32,
  input: i32,
  top: i32,
  left: i32,
  outHeight: i32,
  outWidth: i32,
  rowsOfDy: i32,
  columnsOfDy: i32,
  output: i32,
  filterHeight: i32,
  filterWidth: i32,
  stride: i32,
): void {
  const pixel = <usize>input * FLOAT;
  const rowOfX = <usize>width * pixel;
  const tap = <usize>output * FLOAT;
  const rowOfDy = <usize>columnsOfDy * tap;
  const mostDown = tapsFrom(0, filterHeight, stride);
  const mostAcross = tapsFrom(0, filterWidth, stride);
  const imageBytes = <usize>rowsOfDy * rowOfDy;
  const panels = scratch + imageBytes;
  memory.fill(scratch, 0, imageBytes);
  tapsToPanels(filter, panels, height, width, input, top, left, output, filterHeight, filterWidth, stride);
  for (let b: i32 = 0; b < batch; b++) {
    const gradient = paddedImage(
      dy,
      b,
      scratch,
      outHeight,
      outWidth,
      output,
      mostDown - 1,
      mostAcross - 1,
      rowsOfDy,
      columnsOfDy,
    );
    let panel = panels;
    for (let firstRow: i32 = 0; firstRow < min(stride, height); firstRow++) {
      const down = tapsFrom((firstRow + top) % stride, filterHeight, stride);
      const rowOfFirst = (firstRow + top) / stride + mostDown - down;
      for (let firstColumn: i32 = 0; firstColumn < min(stride, width); firstColumn++) {
        const across = tapsFrom((firstColumn + left) % stride, filterWidth, stride);
        const columnOfFirst = (firstColumn + left) / stride + mostAcross - across;
        const corner = gradient + <usize>rowOfFirst * rowOfDy + <usize>columnOfFirst * tap;
        for (let j: i32 = 0; j < input; j += WIDE) {
          const columns = min(WIDE, input - j);
          let from = corner;
          for (let y = firstRow; y < height; y += stride) {
            const row = dx + <usize>(b * height + y) * rowOfX + <usize>j * FLOAT;
            let p0 = from;
            for (let x = firstColumn; x < width; x += ROWS * stride) {
              const rows = min(ROWS, (width - x + stride - 1) / stride);
              const p1 = rows > 1 ? p0 + tap : p0;
              const p2 = rows > 2 ? p0 + 2 * tap : p0;
              const p3 = rows > 3 ? p0 + 3 * tap : p0;
              const at = row + <usize>x * pixel;
              const next = <usize>stride * pixel;
              tile(p0, p1, p2, p3, FLOAT, across * output, rowOfDy, down, panel, at, next, rows, columns, false);
              p0 += ROWS * tap;
            }
            from += rowOfDy;
          }
          panel += <usize>(down * across * output * WIDE) * FLOAT;
        }
      }
    }
  }
}

/** Taps of a filter of `size` that lie `stride` apart, beginning with tap `first`. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function tapsFrom(first: i32, size: i32, stride: i32): i32 {
  return max(0, size - first + stride - 1) / stride;
}

/** The filter's taps in panels, group after group of pixels; each from the last tap to the first, as dy is read. */
function tapsToPanels(
  filter: usize,
  panels: usize,
  height: i32,
  width: i32,
  input: i32,
  top: i32,
  left: i32,
  output: i32,
  filterHeight: i32,
  filterWidth: i32,
  stride: i32,
): void {
  const tap = <usize>output * FLOAT;
  let group = panels;
  for (let firstRow: i32 = 0; firstRow < min(stride, height); firstRow++) {
    const rowRest = (firstRow + top) % stride;
    const down = tapsFrom(rowRest, filterHeight, stride);
    for (let firstColumn: i32 = 0; firstColumn < min(stride, width); firstColumn++) {
      const columnRest = (firstColumn + left) % stride;
      const across = tapsFrom(columnRest, filterWidth, stride);
      const panelBytes = <usize>(down * across * output * WIDE) * FLOAT;
      let to = group;
      for (let ky = rowRest + (down - 1) * stride; ky >= rowRest; ky -= stride) {
        for (let kx = columnRest + (across - 1) * stride; kx >= columnRest; kx -= stride) {
          const from = filter + <usize>((ky * filterWidth + kx) * input) * tap;
          toPanels(from, FLOAT, tap, to, input, output, panelBytes);
          to += <usize>(output * WIDE) * FLOAT;
        }
      }
      group += panelBytes * <usize>((input + WIDE - 1) / WIDE);
    }
  }
}

/**
 * Where image `index` of x [batch, inHeight, inWidth, channels] lies with its zeros around: in `scratch`, whose
 * frame is zero already, or in x itself where there is nothing to add.
 */
function paddedImage(
  x: usize,
  index: i32,
  scratch: usize,
  inHeight: i32,
  inWidth: i32,
  channels: i32,
  top: i32,
  left: i32,
  height: i32,
  width: i32,
): usize {
  const row = <usize>(inWidth * channels) * FLOAT;
  const image = x + <usize>(index * inHeight) * row;
  if (inHeight == height && inWidth == width) return image;
  const paddedRow = <usize>(width * channels) * FLOAT;
  let from = image;
  let to = scratch + <usize>top * paddedRow + <usize>(left * channels) * FLOAT;
  for (let y: i32 = 0; y < inHeight; y++) {
    memory.copy(to, from, row);
    from += row;
    to += paddedRow;
  }
  return scratch;
}

/** Pixels 0..255 to a network's input, (x − offset) · scale. */
export function pixels(bytes: usize, values: usize, count: i32, offset: f32, scale: f32): void {
  const offsets = f32x4.splat(offset);
  const scales = f32x4.splat(scale);
  let i: i32 = 0;
  for (; i + WIDE <= count; i += WIDE) {
    const words = v128.load_ext<u8>(bytes + i);
    const low = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(words));
    const high = f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(words));
    const x = f32x4.mul(f32x4.sub(low, offsets), scales);
    const y = f32x4.mul(f32x4.sub(high, offsets), scales);
    putPair(values + <usize>i * FLOAT, x, y);
  }
  for (; i < count; i++) {
    store<f32>(values + <usize>i * FLOAT, (<f32>load<u8>(bytes + i) - offset) * scale);
  }
}

/** y = x + bias over rows of channels, x and y [rows, channels]. */
export function addBias(x: usize, bias: usize, y: usize, rows: i32, channels: i32): void {
  const row = <usize>channels * FLOAT;
  for (let r: i32 = 0; r < rows; r++) {
    let c: i32 = 0;
    for (; c + LANES <= channels; c += LANES) {
      const offset = <usize>c * FLOAT;
      v128.store(y + offset, f32x4.add(v128.load(x + offset), v128.load(bias + offset)));
    }
    for (; c < channels; c++) {
      const offset = <usize>c * FLOAT;
      store<f32>(y + offset, load<f32>(x + offset) + load<f32>(bias + offset));
    }
    x += row;
    y += row;
  }
}

/** Sums [channels] over rows of channels, x [rows, channels]. */
export function columnSums(x: usize, sums: usize, rows: i32, channels: i32): void {
  const row = <usize>channels * FLOAT;
  let c: i32 = 0;
  for (; c + LANES <= channels; c += LANES) {
    const offset = <usize>c * FLOAT;
    let sum = f32x4.splat(0);
    let at = x + offset;
    for (let r: i32 = 0; r < rows; r++) {
      sum = f32x4.add(sum, v128.load(at));
      at += row;
    }
    v128.store(sums + offset, sum);
  }
  for (; c < channels; c++) {
    const offset = <usize>c * FLOAT;
    let sum: f32 = 0;
    let at = x + offset;
    for (let r: i32 = 0; r < rows; r++) {
      sum += load<f32>(at);
      at += row;
    }
    store<f32>(sums + offset, sum);
  }
}

/**
 * One update of Adam, operation by operation as training/lab/adam.ts composes it, so that both give the same bits.
 *
 * @param parameters with both moments and the gradient, [count]
 * @param newParameters with both new moments, [count]
 */
export function adam(
  parameters: usize,
  firstMoments: usize,
  secondMoments: usize,
  gradient: usize,
  newParameters: usize,
  newFirstMoments: usize,
  newSecondMoments: usize,
  count: i32,
  beta1: f32,
  oneMinusBeta1: f32,
  beta2: f32,
  oneMinusBeta2: f32,
  stepSize: f32,
  epsilon: f32,
): void {
  const bytes = <usize>count * FLOAT;
  const wholeBytes = <usize>(count - (count % LANES)) * FLOAT;
  const decay1 = f32x4.splat(beta1);
  const decay2 = f32x4.splat(beta2);
  const share1 = f32x4.splat(oneMinusBeta1);
  const share2 = f32x4.splat(oneMinusBeta2);
  const step = f32x4.splat(stepSize);
  const tiny = f32x4.splat(epsilon);
  let at: usize = 0;
  for (; at < wholeBytes; at += 16) {
    const g = v128.load(gradient + at);
    const m = f32x4.add(f32x4.mul(v128.load(firstMoments + at), decay1), f32x4.mul(g, share1));
    const v = f32x4.add(f32x4.mul(v128.load(secondMoments + at), decay2), f32x4.mul(f32x4.mul(g, g), share2));
    const update = f32x4.div(f32x4.mul(m, step), f32x4.add(f32x4.sqrt(v), tiny));
    v128.store(newFirstMoments + at, m);
    v128.store(newSecondMoments + at, v);
    v128.store(newParameters + at, f32x4.sub(v128.load(parameters + at), update));
  }
  for (; at < bytes; at += FLOAT) {
    const g = load<f32>(gradient + at);
    const m = load<f32>(firstMoments + at) * beta1 + g * oneMinusBeta1;
    const v = load<f32>(secondMoments + at) * beta2 + g * g * oneMinusBeta2;
    store<f32>(newFirstMoments + at, m);
    store<f32>(newSecondMoments + at, v);
    store<f32>(newParameters + at, load<f32>(parameters + at) - (m * stepSize) / (sqrt<f32>(v) + epsilon));
  }
}

/**
 * Gradients of PReLU over rows of channels: dx = dy where x > 0, else slope · dy; dslope [channels] sums
 * x · dy where x ≤ 0.
 *
 * @param x [rows, channels]
 * @param slope [channels]
 */
export function preluGradient(
  x: usize,
  slope: usize,
  dy: usize,
  dx: usize,
  dslope: usize,
  rows: i32,
  channels: i32,
): void {
  const row = <usize>channels * FLOAT;
  const zero = f32x4.splat(0);
  let c: i32 = 0;
  for (; c + WIDE <= channels; c += WIDE) {
    const offset = <usize>c * FLOAT;
    const slopes0 = v128.load(slope + offset);
    const slopes1 = v128.load(slope + offset, 16);
    let sum0 = zero;
    let sum1 = zero;
    let at = offset;
    for (let r: i32 = 0; r < rows; r++) {
      const value0 = v128.load(x + at);
      const value1 = v128.load(x + at, 16);
      const gradient0 = v128.load(dy + at);
      const gradient1 = v128.load(dy + at, 16);
      const positive0 = f32x4.gt(value0, zero);
      const positive1 = f32x4.gt(value1, zero);
      v128.store(dx + at, v128.bitselect(gradient0, f32x4.mul(gradient0, slopes0), positive0));
      v128.store(dx + at, v128.bitselect(gradient1, f32x4.mul(gradient1, slopes1), positive1), 16);
      sum0 = f32x4.add(sum0, v128.andnot(f32x4.mul(value0, gradient0), positive0));
      sum1 = f32x4.add(sum1, v128.andnot(f32x4.mul(value1, gradient1), positive1));
      at += row;
    }
    putPair(dslope + offset, sum0, sum1);
  }
  for (; c < channels; c++) {
    const offset = <usize>c * FLOAT;
    const own = load<f32>(slope + offset);
    let sum: f32 = 0;
    let at = offset;
    for (let r: i32 = 0; r < rows; r++) {
      const value = load<f32>(x + at);
      const gradient = load<f32>(dy + at);
      store<f32>(dx + at, value > 0 ? gradient : gradient * own);
      if (!(value > 0)) sum += value * gradient;
      at += row;
    }
    store<f32>(dslope + offset, sum);
  }
}

/** Puts images into the middle of larger ones, zeros around them. Sizes as `crop`'s. */
export function pad(
  x: usize,
  padded: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  paddedHeight: i32,
  paddedWidth: i32,
): void {
  const row = <usize>(width * channels) * FLOAT;
  const paddedRow = <usize>(paddedWidth * channels) * FLOAT;
  memory.fill(padded, 0, <usize>(batch * paddedHeight) * paddedRow);
  const corner = <usize>top * paddedRow + <usize>(left * channels) * FLOAT;
  for (let b: i32 = 0; b < batch; b++) {
    let from = x + <usize>(b * height) * row;
    let to = padded + <usize>(b * paddedHeight) * paddedRow + corner;
    for (let y: i32 = 0; y < height; y++) {
      memory.copy(to, from, row);
      from += row;
      to += paddedRow;
    }
  }
}

/** Takes images out of the middle of larger ones: x [batch, height, width, channels]. */
export function crop(
  padded: usize,
  x: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  left: i32,
  paddedHeight: i32,
  paddedWidth: i32,
): void {
  const row = <usize>(width * channels) * FLOAT;
  const paddedRow = <usize>(paddedWidth * channels) * FLOAT;
  const corner = <usize>top * paddedRow + <usize>(left * channels) * FLOAT;
  for (let b: i32 = 0; b < batch; b++) {
    let from = padded + <usize>(b * paddedHeight) * paddedRow + corner;
    let to = x + <usize>(b * height) * row;
    for (let y: i32 = 0; y < height; y++) {
      memory.copy(to, from, row);
      from += paddedRow;
      to += row;
    }
  }
}

/**
 * Gradient of max pooling: each window's gradient goes to its first largest value, whatever the signs.
 *
 * @param x [batch, height, width, channels]
 * @param dy [batch, outHeight, outWidth, channels]
 * @param dx as x
 */
export function maxPoolGradient(
  x: usize,
  dy: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  windowHeight: i32,
  windowWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
): void {
  const pixel = <usize>channels * FLOAT;
  const row = <usize>width * pixel;
  memory.fill(dx, 0, <usize>(batch * height) * row);
  let gradient = dy;
  for (let b: i32 = 0; b < batch; b++) {
    const image = <usize>(b * height) * row;
    for (let oy: i32 = 0; oy < outHeight; oy++) {
      const firstRow = max(0, oy * strideHeight - top);
      const endRow = min(height, oy * strideHeight - top + windowHeight);
      for (let ox: i32 = 0; ox < outWidth; ox++) {
        const firstColumn = max(0, ox * strideWidth - left);
        const endColumn = min(width, ox * strideWidth - left + windowWidth);
        for (let c: i32 = 0; c < channels; c++) {
          const channel = image + <usize>c * FLOAT;
          let largest: f32 = -Infinity;
          let target: usize = usize.MAX_VALUE;
          for (let y = firstRow; y < endRow; y++) {
            for (let z = firstColumn; z < endColumn; z++) {
              const at = channel + <usize>y * row + <usize>z * pixel;
              const value = load<f32>(x + at);
              if (value > largest) {
                largest = value;
                target = at;
              }
            }
          }
          if (target != usize.MAX_VALUE) store<f32>(dx + target, load<f32>(dx + target) + load<f32>(gradient));
          gradient += FLOAT;
        }
      }
    }
  }
}
