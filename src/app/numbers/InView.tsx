/** Measures are computed while they are on the screen, or nearly: this tells the page whether they are. */

import { type ReactNode, useEffect, useRef } from 'react';
import { useCommands } from '../state/context.ts';
import './InView.css';

/** So far from the screen they are made ready. */
const NEAR = '200px';

export function InView({ children }: { readonly children: ReactNode }) {
  const commands = useCommands();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (root.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => commands.show({ measuresInView: entries.at(-1)?.isIntersecting ?? false }),
      { rootMargin: NEAR },
    );
    observer.observe(root.current);
    return () => observer.disconnect();
  }, [commands]);
  return (
    <div ref={root} className="in-view">
      {children}
    </div>
  );
}
