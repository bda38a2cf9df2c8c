/** `npm start`: builds the lab and serves it. */

import { buildPage, servePage } from './lib/preview.ts';
import { messageOf } from './lib/setup.mjs';

export default async function start(): Promise<void> {
  const port = Number(process.env.PORT ?? '4173');
  await buildPage();
  const { url } = await servePage(port).catch((error: unknown) => {
    throw new Error(`${messageOf(error)} PORT=8080 npm start takes another.`);
  });
  console.log(`The Margin Loss Lab is at ${url} (Ctrl-C ends it).`);
}
