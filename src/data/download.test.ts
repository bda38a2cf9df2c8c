import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { downloadFile, downloadJson, fetchWebAssembly } from './download.ts';
import { DataError } from './errors.ts';

const CONTENT = new TextEncoder().encode('sixty thousand digits'.repeat(50));
const ENTRY = {
  name: 'train-images-03.bin',
  bytes: CONTENT.length,
  compressedBytes: gzipSync(CONTENT).length,
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
};

/** A server that gives this answer to everything. */
const serving = (body: Uint8Array | ReadableStream | null, status = 200) => ({
  fetch: async () => new Response(body as BodyInit | null, { status }),
});

describe('a data file', () => {
  it('is inflated, checked and counted', async () => {
    let received = 0;
    const options = { ...serving(gzipSync(CONTENT)), onBytes: (count: number) => (received += count) };
    expect(await downloadFile('http://host/x', ENTRY, options)).toEqual(CONTENT);
    expect(received).toBe(ENTRY.compressedBytes);
  });

  it('is taken as it is from a host that inflates on the way', async () => {
    expect(await downloadFile('http://host/x', ENTRY, serving(CONTENT))).toEqual(CONTENT);
  });

  const altered = CONTENT.slice();
  altered[7] = 0;
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(gzipSync(CONTENT).subarray(0, 20));
      controller.error(new Error('connection reset'));
    },
  });
  it.each([
    ['missing', serving(null, 404), /answered 404/],
    ['altered', serving(gzipSync(altered)), /was altered/],
    ['cut before compression', serving(gzipSync(CONTENT.subarray(0, 100))), /100 bytes instead of/],
    ['cut after compression', serving(gzipSync(CONTENT).subarray(0, 30)), /is damaged/],
    ['cut by the network', serving(broken), /broke off/],
    ['far larger when inflated', serving(gzipSync(new Uint8Array(5_000_000))), /larger than it may be/],
    ['another page', serving(new TextEncoder().encode('<!doctype html>')), /15 bytes instead of/],
    ['empty', serving(null), /0 bytes instead of/],
  ])('that is %s is refused in a sentence with its name', async (_, options, sentence) => {
    const error = await downloadFile('http://host/x', ENTRY, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as Error).message).toMatch(sentence);
    expect((error as Error).message).toContain(ENTRY.name);
  });

  it.each([
    ['never answers', undefined],
    ['sends a little and then no more', gzipSync(CONTENT).subarray(0, 20)],
  ])('from a host that %s is given up after a while', async (_, sent) => {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const fetch = (_url: unknown, init: RequestInit = {}) =>
      new Promise<Response>((resolve, reject) => {
        const whenGivenUp = (act: (reason: unknown) => void) =>
          init.signal?.addEventListener('abort', () => act(init.signal?.reason));
        if (sent === undefined) return whenGivenUp(reject);
        const start = (controller: ReadableStreamDefaultController) => {
          controller.enqueue(sent);
          whenGivenUp((reason) => controller.error(reason));
        };
        resolve(new Response(new ReadableStream({ start })));
      });
    const download = downloadFile('http://host/x', ENTRY, { fetch: fetch as typeof globalThis.fetch });
    const outcome = download.catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(await Promise.race([outcome, 'still waits'])).toBe('still waits');
    await vi.advanceTimersByTimeAsync(2000);
    expect(await outcome).toBeInstanceOf(DataError);
  });

  it('that the network can’t reach is refused in a sentence', async () => {
    const fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(downloadFile('http://host/x', ENTRY, { fetch })).rejects.toThrow(/Is the network there/);
  });
});

describe('the list of files', () => {
  it('is parsed', async () => {
    const served = serving(new TextEncoder().encode('{"format":1}'));
    expect(await downloadJson('http://host/x', 'manifest.json', served)).toEqual({ format: 1 });
  });

  it.each([
    ['missing', serving(null, 404), /answered 404/],
    ['no JSON', serving(new TextEncoder().encode('<!doctype html>')), /can’t be read/],
    ['endless', serving(new Uint8Array(5_000_000)), /larger than it may be/],
  ])('that is %s is refused in a sentence with its name', async (_, options, sentence) => {
    const error: unknown = await downloadJson('http://host/x', 'manifest.json', options).catch((e) => e);
    expect(error).toBeInstanceOf(DataError);
    expect((error as Error).message).toMatch(sentence);
    expect((error as Error).message).toContain('manifest.json');
  });
});

describe('WebAssembly', () => {
  const CODE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const PAGE = new TextEncoder().encode('<!doctype html>');
  const url = new URL('http://host/kernels.wasm');

  it('that a host or a cache answers with a page is asked for again, past the cache', async () => {
    const asked: (RequestCache | undefined)[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      asked.push(init?.cache);
      return new Response(asked.length === 1 ? PAGE : CODE);
    };
    expect(await fetchWebAssembly(url, [0], fetch)).toEqual(CODE);
    expect(asked).toEqual(['default', 'reload']);
  });

  it('that is none is refused in a sentence', async () => {
    await expect(fetchWebAssembly(url, [0], serving(PAGE).fetch)).rejects.toThrow('is no WebAssembly');
  });
});
