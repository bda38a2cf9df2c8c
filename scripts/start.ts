/** `npm start`: builds the lab and serves it. */

import { portIn } from './lib/port.mjs';
import { buildPage, servePage } from './lib/preview.ts';

export default async function start(): Promise<void> {
  await buildPage();
  const { url, close } = await servePage(portIn(process.env.PORT));
  const { ok, status } = await fetch(url);
  if (!ok) {
    await close();
    throw new Error(`The lab was built, and its server answers ${status}.`);
  }
  console.log(`The Margin Loss Lab is at ${url} (Ctrl-C ends it).`);
}
