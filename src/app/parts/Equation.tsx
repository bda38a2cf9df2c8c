/** An equation. */

import { useEffect, useRef, useState } from 'react';
import './Equation.css';

/** TeX as MathML, which browsers set and screen readers read; KaTeX is loaded when it is first needed. Without it, TeX. */
export function Equation({ tex, isBlock = false }: { readonly tex: string; readonly isBlock?: boolean }) {
  /** Undefined where KaTeX did not come. */
  const [html, setHtml] = useState<string | undefined>('');
  const frame = useRef<HTMLSpanElement>(null);
  const [overflows, setOverflows] = useState(false);
  // What is wider than its frame is scrolled, by keys too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content is another width.
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setOverflows(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [html]);
  useEffect(() => {
    let isCurrent = true;
    import('katex').then(
      ({ default: katex }) => {
        if (isCurrent) setHtml(katex.renderToString(tex, { output: 'mathml', displayMode: isBlock }));
      },
      () => {
        if (isCurrent) setHtml(undefined);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [tex, isBlock]);
  if (html === undefined)
    return (
      <code translate="no" className={isBlock ? 'equation block' : 'equation'}>
        {tex}
      </code>
    );
  return (
    <span
      ref={isBlock ? frame : undefined}
      translate="no"
      className={isBlock ? 'equation block' : 'equation'}
      {...(overflows ? { tabIndex: 0, role: 'group', 'aria-label': 'Equation, wider than its frame' } : {})}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes, and the TeX is our own constant.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
