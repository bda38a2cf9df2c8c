/** An equation. */

import { useEffect, useState } from 'react';
import './Equation.css';

/** TeX as MathML, which browsers set and screen readers read; KaTeX is loaded when it is first needed. Without it, TeX. */
export function Equation({ tex, isBlock = false }: { readonly tex: string; readonly isBlock?: boolean }) {
  /** Undefined where KaTeX did not come. */
  const [html, setHtml] = useState<string | undefined>('');
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
      translate="no"
      className={isBlock ? 'equation block' : 'equation'}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes, and the TeX is our own constant.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
