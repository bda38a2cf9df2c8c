/** An equation. */

import { useEffect, useState } from 'react';

/** TeX as MathML, which browsers set and screen readers read; KaTeX is loaded when it is first needed. */
export function Equation({ tex, isBlock = false }: { readonly tex: string; readonly isBlock?: boolean }) {
  const [html, setHtml] = useState('');
  useEffect(() => {
    let isCurrent = true;
    import('katex').then(({ default: katex }) => {
      if (isCurrent) setHtml(katex.renderToString(tex, { output: 'mathml', displayMode: isBlock }));
    });
    return () => {
      isCurrent = false;
    };
  }, [tex, isBlock]);
  return (
    <span
      className={isBlock ? 'equation block' : 'equation'}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes, and the TeX is our own constant.
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
