/** A progress bar with time left, on a terminal; nothing in a pipe. */

const WIDTH = 28;

export interface ProgressBar {
  /** @param share done, 0 to 1 */
  show(share: number, label: string): void;
  clear(): void;
}

export function progressBar(stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} };
  const started = performance.now();
  let shown = Number.NEGATIVE_INFINITY;
  return {
    show(share, label) {
      const now = performance.now();
      if (now - shown < 100) return;
      shown = now;
      const full = Math.round(share * WIDTH);
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
      const left = share > 0 ? ((now - started) / 1000) * (1 / share - 1) : Number.NaN;
      stream.write(`\r\x1b[K${bar} ${Math.round(share * 100)} %  ${duration(left)} left  ${label}`);
    },
    clear() {
      shown = Number.NEGATIVE_INFINITY;
      stream.write('\r\x1b[K');
    },
  };
}

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
