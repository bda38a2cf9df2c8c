/** A word of the field where it is used: what it means comes on hover, focus or tap. */

import { Hint } from '../parts/Hint.tsx';
import { GLOSSARY, type GlossaryWord } from './glossary.ts';

export function Word({ word, className }: { readonly word: GlossaryWord; readonly className?: string }) {
  return (
    <Hint text={GLOSSARY[word]}>
      <span className={className}>{word}</span>
    </Hint>
  );
}
