// @ts-check
/** The port of `npm start`. */

import { createServer } from 'node:net';
import { UsageError } from './commands.mjs';

const USUAL = '4173';

/**
 * @param {string | undefined} text $PORT
 * @throws {UsageError}
 */
export function portIn(text = USUAL) {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new UsageError(`PORT is a whole number from 1 to 65535, not “${text}”.`);
  }
  return port;
}

/**
 * @param {number} port
 * @throws {Error} with a sentence where another has it, on either address of localhost
 */
export async function requireFreePort(port) {
  for (const host of ['127.0.0.1', '::1']) {
    const { code } = (await failureOf(port, host)) ?? {};
    if (code === 'EADDRINUSE') {
      const other = port === 8080 ? 8081 : 8080;
      throw new Error(`Port ${port} is taken: PORT=${other} npm start serves the lab at another.`);
    }
    if (code === 'EACCES') throw new Error(`Port ${port} is the system’s: take one from 1024.`);
  }
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<NodeJS.ErrnoException | undefined>} why it can't be listened to
 */
function failureOf(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host }, () => server.close(() => resolve(undefined)));
  });
}
