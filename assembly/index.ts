/**
 * Training kernels in WebAssembly SIMD, for TensorFlow.js's WASM backend: they run on its memory, on
 * pointers that it allocated, and own none. Matrices are row-major, images NHWC, all float32.
 */

/** Columns of a full tile: two vectors. */
const WIDE: i32 = 8;
const LANES: i32 = 4;
const FLOAT: usize = 4;

/** C [m × n] = A [m × k] · B [k × n]. */
export function product(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32): void {
  const rowOfA = <usize>k * FLOAT;
  const rowOfC = <usize>n * FLOAT;
  for (let i: i32 = 0; i < m; i += 4) {
    const rows = min(4, m - i);
    const a0 = a + <usize>i * rowOfA;
    // Rows that are not there are the last one again, and are not stored.
    const a1 = a0 + (rows > 1 ? rowOfA : 0);
    const a2 = a0 + (rows > 2 ? 2 * rowOfA : 0);
    const a3 = a0 + (rows > 3 ? 3 * rowOfA : 0);
    tileRows(a0, a1, a2, a3, 0, 1, b, c + <usize>i * rowOfC, rows, n, k);
  }
}

/** C [k × n] = Aᵀ · B with A [m × k] and B [m × n]. */
export function productTransposedA(a: usize, b: usize, c: usize, m: i32, n: i32, k: i32): void {
  memory.fill(c, 0, <usize>(k * n) * FLOAT);
  addOuterProducts(a, <usize>k * FLOAT, 0, b, <usize>n * FLOAT, 0, c, m, 1, n, k);
}

/**
 * C [k × n] += Σ A_r ⊗ B_r over `blocks` times m rows: rows lie `strideA` and `strideB` bytes apart, blocks
 * `blockA` and `blockB`.
 */
function addOuterProducts(
  a: usize,
  strideA: usize,
  blockA: usize,
  b: usize,
  strideB: usize,
  blockB: usize,
  c: usize,
  m: i32,
  blocks: i32,
  n: i32,
  k: i32,
): void {
  const rowOfC = <usize>n * FLOAT;
  for (let p: i32 = 0; p < k; p += 4) {
    const rows = min(4, k - p);
    const o1: usize = rows > 1 ? FLOAT : 0;
    const o2: usize = rows > 2 ? 2 * FLOAT : 0;
    const o3: usize = rows > 3 ? 3 * FLOAT : 0;
    const target = c + <usize>p * rowOfC;
    let j: i32 = 0;
    for (; j + WIDE <= n; j += WIDE) {
      const at = target + <usize>j * FLOAT;
      let c00 = v128.load(at);
      let c01 = v128.load(at, 16);
      let c10 = f32x4.splat(0);
      let c11 = f32x4.splat(0);
      let c20 = f32x4.splat(0);
      let c21 = f32x4.splat(0);
      let c30 = f32x4.splat(0);
      let c31 = f32x4.splat(0);
      for (let block: i32 = 0; block < blocks; block++) {
      let pa = a + <usize>block * blockA + <usize>p * FLOAT;
      let pb = b + <usize>block * blockB + <usize>j * FLOAT;
      for (let r: i32 = 0; r < m; r++) {
        const b0 = v128.load(pb);
        const b1 = v128.load(pb, 16);
        const x0 = v128.load32_splat(pa);
        c00 = f32x4.add(c00, f32x4.mul(x0, b0));
        c01 = f32x4.add(c01, f32x4.mul(x0, b1));
        const x1 = v128.load32_splat(pa + o1);
        c10 = f32x4.add(c10, f32x4.mul(x1, b0));
        c11 = f32x4.add(c11, f32x4.mul(x1, b1));
        const x2 = v128.load32_splat(pa + o2);
        c20 = f32x4.add(c20, f32x4.mul(x2, b0));
        c21 = f32x4.add(c21, f32x4.mul(x2, b1));
        const x3 = v128.load32_splat(pa + o3);
        c30 = f32x4.add(c30, f32x4.mul(x3, b0));
        c31 = f32x4.add(c31, f32x4.mul(x3, b1));
        pa += strideA;
        pb += strideB;
      }
      }
      v128.store(at, c00);
      v128.store(at, c01, 16);
      if (rows > 1) addPair(at + rowOfC, c10, c11);
      if (rows > 2) addPair(at + 2 * rowOfC, c20, c21);
      if (rows > 3) addPair(at + 3 * rowOfC, c30, c31);
    }
    for (; j < n; j++) {
      for (let q: i32 = 0; q < rows; q++) {
        const at = target + <usize>q * rowOfC + <usize>j * FLOAT;
        let sum = load<f32>(at);
        for (let block: i32 = 0; block < blocks; block++) {
          let pa = a + <usize>block * blockA + <usize>(p + q) * FLOAT;
          let pb = b + <usize>block * blockB + <usize>j * FLOAT;
          for (let r: i32 = 0; r < m; r++) {
            sum += load<f32>(pa) * load<f32>(pb);
            pa += strideA;
            pb += strideB;
          }
        }
        store<f32>(at, sum);
      }
    }
  }
}

/**
 * Up to four rows of a product, C_i [n] = A_i · B, with A_i in `blocks` of k values that lie `blockA`
 * bytes apart; B [blocks · k × n] has no gaps.
 */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function tileRows(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  blockA: usize,
  blocks: i32,
  b: usize,
  c: usize,
  rows: i32,
  n: i32,
  k: i32,
): void {
  // Also a row of C.
  const rowOfB = <usize>n * FLOAT;
  let j: i32 = 0;
  for (; j + WIDE <= n; j += WIDE) {
    const at = c + <usize>j * FLOAT;
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let pb = b + <usize>j * FLOAT;
    for (let block: i32 = 0; block < blocks; block++) {
    const start = <usize>block * blockA;
    const end = start + <usize>k * FLOAT;
    for (let q = start; q < end; q += FLOAT) {
      const b0 = v128.load(pb);
      const b1 = v128.load(pb, 16);
      const x0 = v128.load32_splat(a0 + q);
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      const x1 = v128.load32_splat(a1 + q);
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      const x2 = v128.load32_splat(a2 + q);
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      const x3 = v128.load32_splat(a3 + q);
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
      pb += rowOfB;
    }
    }
    putPair(at, c00, c01);
    if (rows > 1) putPair(at + rowOfB, c10, c11);
    if (rows > 2) putPair(at + 2 * rowOfB, c20, c21);
    if (rows > 3) putPair(at + 3 * rowOfB, c30, c31);
  }
  for (; j < n; j++) {
    for (let i: i32 = 0; i < rows; i++) {
      const row = i == 0 ? a0 : i == 1 ? a1 : i == 2 ? a2 : a3;
      let sum: f32 = 0;
      let pb = b + <usize>j * FLOAT;
      for (let block: i32 = 0; block < blocks; block++) {
        const start = row + <usize>block * blockA;
        for (let q: i32 = 0; q < k; q++) {
          sum += load<f32>(start + <usize>q * FLOAT) * load<f32>(pb);
          pb += rowOfB;
        }
      }
      store<f32>(c + <usize>i * rowOfB + <usize>j * FLOAT, sum);
    }
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function putPair(at: usize, x: v128, y: v128): void {
  v128.store(at, x);
  v128.store(at, y, 16);
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function addPair(at: usize, x: v128, y: v128): void {
  v128.store(at, f32x4.add(v128.load(at), x));
  v128.store(at, f32x4.add(v128.load(at, 16), y), 16);
}

/**
 * Convolution of padded images: y [batch, outHeight, outWidth, output].
 *
 * @param x padded, [batch, height, width, input]
 * @param filter [size, size, input, output]
 */
export function convolution(
  x: usize,
  filter: usize,
  y: usize,
  batch: i32,
  height: i32,
  width: i32,
  input: i32,
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
  const pixels = outHeight * outWidth;
  for (let b: i32 = 0; b < batch; b++) {
    const image = x + <usize>b * <usize>height * rowOfX;
    for (let p: i32 = 0; p < pixels; p += 4) {
      const rows = min(4, pixels - p);
      const p0 = image + placeOf(p, outWidth, stepRow, stepColumn);
      const p1 = rows > 1 ? image + placeOf(p + 1, outWidth, stepRow, stepColumn) : p0;
      const p2 = rows > 2 ? image + placeOf(p + 2, outWidth, stepRow, stepColumn) : p0;
      const p3 = rows > 3 ? image + placeOf(p + 3, outWidth, stepRow, stepColumn) : p0;
      const target = y + <usize>(b * pixels + p) * rowOfY;
      tileRows(p0, p1, p2, p3, rowOfX, filterHeight, filter, target, rows, output, segment);
    }
  }
}

// @ts-expect-error: a decorator of AssemblyScript
@inline
function placeOf(pixel: i32, outWidth: i32, stepRow: usize, stepColumn: usize): usize {
  return <usize>(pixel / outWidth) * stepRow + <usize>(pixel % outWidth) * stepColumn;
}

/**
 * Gradient of a convolution's filter: dw [filterHeight, filterWidth, input, output].
 *
 * @param x padded, [batch, height, width, input]
 * @param dy [batch, outHeight, outWidth, output]
 */
export function filterGradient(
  x: usize,
  dy: usize,
  dw: usize,
  batch: i32,
  height: i32,
  width: i32,
  input: i32,
  outHeight: i32,
  outWidth: i32,
  output: i32,
  filterHeight: i32,
  filterWidth: i32,
  stride: i32,
): void {
  const segment = filterWidth * input;
  const rowOfX = <usize>(width * input) * FLOAT;
  const stepColumn = <usize>(stride * input) * FLOAT;
  const rowOfY = <usize>output * FLOAT;
  const filterRow = <usize>(segment * output) * FLOAT;
  memory.fill(dw, 0, <usize>filterHeight * filterRow);
  for (let b: i32 = 0; b < batch; b++) {
    const gradient = dy + <usize>(b * outHeight * outWidth) * rowOfY;
    const image = x + <usize>(b * height) * rowOfX;
    for (let ky: i32 = 0; ky < filterHeight; ky++) {
      addOuterProducts(
        image + <usize>ky * rowOfX,
        stepColumn,
        <usize>stride * rowOfX,
        gradient,
        rowOfY,
        <usize>outWidth * rowOfY,
        dw + <usize>ky * filterRow,
        outWidth,
        outHeight,
        output,
        segment,
      );
    }
  }
}

/**
 * Gradient of a convolution's input, padded: dx [batch, height, width, input].
 *
 * @param dy [batch, outHeight, outWidth, output]
 * @param turned the filter as [output, filterHeight · filterWidth · input]
 * @param scratch room for [outHeight · outWidth, filterHeight · filterWidth · input]
 */
export function inputGradient(
  dy: usize,
  turned: usize,
  dx: usize,
  scratch: usize,
  batch: i32,
  height: i32,
  width: i32,
  input: i32,
  outHeight: i32,
  outWidth: i32,
  output: i32,
  filterHeight: i32,
  filterWidth: i32,
  stride: i32,
): void {
  const segment = filterWidth * input;
  const patch = filterHeight * segment;
  const rowOfX = <usize>(width * input) * FLOAT;
  const stepRow = <usize>stride * rowOfX;
  const stepColumn = <usize>(stride * input) * FLOAT;
  const pixels = outHeight * outWidth;
  const imageBytes = <usize>height * rowOfX;
  memory.fill(dx, 0, <usize>batch * imageBytes);
  for (let b: i32 = 0; b < batch; b++) {
    product(dy + <usize>(b * pixels * output) * FLOAT, turned, scratch, pixels, patch, output);
    const image = dx + <usize>b * imageBytes;
    for (let p: i32 = 0; p < pixels; p++) {
      let from = scratch + <usize>(p * patch) * FLOAT;
      let to = image + placeOf(p, outWidth, stepRow, stepColumn);
      for (let ky: i32 = 0; ky < filterHeight; ky++) {
        addRow(from, to, segment);
        from += <usize>segment * FLOAT;
        to += rowOfX;
      }
    }
  }
}

/** to [count] += from [count]. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
function addRow(from: usize, to: usize, count: i32): void {
  let i: i32 = 0;
  for (; i + LANES <= count; i += LANES) {
    const offset = <usize>i * FLOAT;
    v128.store(to + offset, f32x4.add(v128.load(to + offset), v128.load(from + offset)));
  }
  for (; i < count; i++) {
    const offset = <usize>i * FLOAT;
    store<f32>(to + offset, load<f32>(to + offset) + load<f32>(from + offset));
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
  memory.fill(dslope, 0, <usize>channels * FLOAT);
  const row = <usize>channels * FLOAT;
  const zero = f32x4.splat(0);
  let c: i32 = 0;
  for (; c + LANES <= channels; c += LANES) {
    const offset = <usize>c * FLOAT;
    const slopes = v128.load(slope + offset);
    let sum = zero;
    let at = offset;
    for (let r: i32 = 0; r < rows; r++) {
      const value = v128.load(x + at);
      const gradient = v128.load(dy + at);
      const positive = f32x4.gt(value, zero);
      v128.store(dx + at, v128.bitselect(gradient, f32x4.mul(gradient, slopes), positive));
      sum = f32x4.add(sum, v128.andnot(f32x4.mul(value, gradient), positive));
      at += row;
    }
    v128.store(dslope + offset, sum);
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
