/** Files that the reader takes away: their names, and how they get there. */

/** 'Softmax + center', 'step', '40' to 'softmax-center-step-40.png'. */
export function fileName(parts: readonly string[], extension: string): string {
  return `${plainName(parts)}.${extension}`;
}

/** The same without an extension: for folders. */
export function plainName(parts: readonly string[]): string {
  const name = parts
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return name || 'panel';
}

/** An SVG document as a file. */
export function svgBlob(svg: string): Blob {
  return new Blob([svg], { type: 'image/svg+xml' });
}

/** Downloads a file. */
export function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob as soon as it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** An SVG document of so many CSS pixels as a PNG with `scale` pixels a CSS pixel. @throws Error with a sentence */
export async function rasterised(svg: Blob, width: number, height: number, scale: number): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null)
      throw new Error('This browser could not make a PNG of this size: try a smaller scale.');
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}
