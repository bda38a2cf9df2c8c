/** A part of the page that may fail by itself: its code does not come, or it throws. The rest stays. */

import { type ReactNode, Suspense } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useCommands } from '../state/context.ts';

export interface PartProps {
  /** The subject of a sentence, e.g. "The timeline". */
  readonly name: string;
  /** Stands in its place while it loads, and where it failed. */
  readonly placeholder?: ReactNode;
  readonly children: ReactNode;
}

export function Part({ name, placeholder = null, children }: PartProps) {
  const commands = useCommands();
  return (
    <ErrorBoundary
      fallback={placeholder}
      onError={() =>
        commands.tell(`${name} could not be shown. Training goes on; reload the page to see it again.`)
      }
    >
      <Suspense fallback={placeholder}>{children}</Suspense>
    </ErrorBoundary>
  );
}
