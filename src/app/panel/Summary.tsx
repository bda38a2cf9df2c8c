/** A panel in words: a label for its plot, and a text that is announced when things have come to rest. */

import { useEffect, useState } from 'react';
import { MEASURES } from '../../measures/measures.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { isLive, recordingShown, stepShown } from '../state/selectors.ts';

/** Quiet for so long means at rest: while training or scrubbing nothing is announced. */
const REST_MS = 1200;

/** The measures that a summary names. */
const SPOKEN = MEASURES.flatMap(({ name, shown }) =>
  shown?.summary === undefined ? [] : [{ name, words: shown.summary }],
);

/** The plot in words, always current. */
export function useSummary(run: number): string {
  const commands = useCommands();
  const step = usePageState((state) => Math.round(stepShown(state)));
  const source = usePageState((state) =>
    recordingShown(state) !== undefined ? 'recorded' : isLive(state) ? 'live' : 'earlier in this session',
  );
  const measures = usePageState(() => commands.moment(run)?.measures);
  if (measures === undefined) return 'Scatter plot of features. Nothing to show yet.';
  const numbers = SPOKEN.map(({ name, words }) => `${words} ${spoken(measures[name])}`);
  return `Scatter plot of the features of test images after ${step} steps (${source}): ${numbers.join(', ')}. Arrow keys walk from sample to sample, Enter pins one.`;
}

/** With two digits; a measure that is not defined here has no number. */
function spoken(value: number | undefined): string {
  return value !== undefined && Number.isFinite(value) ? value.toFixed(2) : 'unknown';
}

/** The same for screen readers, said politely once it has stayed for a while. */
export function Summary({ run }: { readonly run: number }) {
  const title = usePageState(({ experiment }) => experiment.runs[run]?.title ?? '');
  const summary = useSummary(run);
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(`${title}. ${summary}`), REST_MS);
    return () => clearTimeout(timer);
  }, [title, summary]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {settled}
    </p>
  );
}
