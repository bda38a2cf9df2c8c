/** Room for a table that may be wider than the screen: a finger scrolls it, and so do arrow keys once it has the focus. */

import { type ReactNode, useEffect, useRef, useState } from 'react';
import './TableFrame.css';

export interface TableFrameProps {
  /** Accessible name. */
  readonly name: string;
  readonly children: ReactNode;
}

export function TableFrame({ name, children }: TableFrameProps) {
  const frame = useRef<HTMLElement>(null);
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWide(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={frame} className="table-frame" aria-label={name} tabIndex={isWide ? 0 : undefined}>
      {children}
    </section>
  );
}
