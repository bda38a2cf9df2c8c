/** `npm start`: builds the lab and serves it. */

import { portIn } from './lib/port.mjs';
import { buildAndServe } from './lib/preview.ts';

export default async function start(): Promise<void> {
  const { url, close } = await buildAndServe(portIn(process.env.PORT));
  const { ok, status } = await fetch(url);
  if (!ok) {
    await close();
    throw new Error(`The lab was built, and its server answers ${status}.`);
  }
  console.log(`The Margin Loss Lab is at ${url} (Ctrl-C ends it).`);
}
