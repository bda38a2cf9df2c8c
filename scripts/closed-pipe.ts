/** As a shell has it for a command that a closed pipe ends. */
const BROKEN_PIPE = 141;

/** A reader that closes the pipe, as `head` does, ends the command without a word. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(BROKEN_PIPE);
    });
  }
}
