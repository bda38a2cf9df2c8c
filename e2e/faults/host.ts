/** A static host whose answers a test can spoil: late, cut, altered, missing, or from another version. */

import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Answers instead of the host; the file's bytes are what it would have sent. */
export type Spoil = (response: ServerResponse, bytes: Buffer) => void;

export class Host {
  /** The folder that is served. */
  root: string;
  /** The path that it is served under; nothing else is there. */
  readonly base: string;
  /** Sent with every answer. */
  headers: Readonly<Record<string, string>> = {};
  /** By path in the folder, e.g. '/data/train-images-01.bin'; while it returns undefined the answer is good. */
  spoil: (file: string) => Spoil | undefined = () => undefined;
  /** Paths that were asked for, oldest first. */
  readonly asked: string[] = [];
  readonly #server: Server;
  #port = 0;

  constructor({ root = path.resolve('dist'), base = '/' } = {}) {
    this.root = root;
    this.base = base;
    this.#server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const isInside = pathname.startsWith(base);
      const inside = isInside ? pathname.slice(base.length - 1) : pathname;
      const file = inside.endsWith('/') ? `${inside}index.html` : inside;
      this.asked.push(isInside ? file : `outside: ${file}`);
      try {
        if (!isInside) throw new Error('There is nothing.');
        const bytes = await readFile(path.join(this.root, file));
        const spoil = this.spoil(file);
        response.setHeader('Content-Type', TYPES[path.extname(file)] ?? 'application/octet-stream');
        response.setHeader('Cache-Control', 'no-cache');
        for (const [name, value] of Object.entries(this.headers)) response.setHeader(name, value);
        if (spoil === undefined) response.end(bytes);
        else spoil(response, bytes);
      } catch {
        response.writeHead(404).end();
      }
    });
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Nothing answers any more; `open` starts it again at the same address. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://localhost:${this.#port}${this.base}`;
  }
}

/** A page instead of the file, as hosts do that take every address for one of the page's own; browsers keep it long. */
export const replaced: Spoil = (response) => {
  response.setHeader('Content-Type', 'text/html');
  response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  response.end('<!doctype html><title>Margin Loss Lab</title>');
};
/** The right bytes, as a host sends them that does not know the file's ending. */
export const asPlainText: Spoil = (response, bytes) => {
  response.setHeader('Content-Type', 'text/plain');
  response.end(bytes);
};
export const missing: Spoil = (response) => response.writeHead(404).end();
/** Half of what was promised, then the connection is gone. */
export const cut: Spoil = (response, bytes) => {
  response.setHeader('Content-Length', bytes.length);
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
};
/** Complete as far as HTTP can tell. */
export const shortened: Spoil = (response, bytes) => response.end(bytes.subarray(0, bytes.length >> 1));
export const altered: Spoil = (response, bytes) => {
  const changed = Buffer.from(bytes);
  const middle = changed.length >> 1;
  changed[middle] = (changed[middle] ?? 0) ^ 0xff;
  response.end(changed);
};
/** In small pieces, a moment apart. */
export const slow: Spoil = (response, bytes) => {
  const pieces = 20;
  const send = (piece: number) => {
    const at = (part: number) => Math.floor((bytes.length * part) / pieces);
    response.write(bytes.subarray(at(piece), at(piece + 1)));
    if (piece + 1 === pieces) response.end();
    else setTimeout(send, 50, piece + 1);
  };
  send(0);
};
