/** Long work in turns, with others in between. */

/** Lets waiting messages in. Timers and animation frames are throttled in background tabs; a message channel is not. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Resolves when the next frame has been drawn; at the next message where there are no frames. */
export async function afterNextFrame(): Promise<void> {
  if (typeof requestAnimationFrame === 'function')
    await new Promise((resolve) => requestAnimationFrame(resolve));
  await yieldToMessages();
}
