/** A small picture of a class beside its name, where the name is a word and not the picture itself. */

import { useDataSetShown, usePageState } from '../state/context.ts';
import { samplesShown } from '../state/selectors.ts';
import { imagesShown } from '../state/slices/images.ts';
import { Digit } from './Digit.tsx';
import './ClassPicture.css';

/** The first of the samples shown that is of the class; nothing while there is none. */
export function ClassPicture({ label }: { readonly label: number }) {
  const { classNames } = useDataSetShown();
  const images = usePageState(imagesShown);
  const labels = usePageState((state) => samplesShown(state)?.labels);
  const isWord = classNames.some((name) => name.length > 1);
  const row = isWord ? (labels?.indexOf(label) ?? -1) : -1;
  if (images === undefined || row < 0) return null;
  return <Digit images={images} row={row} className="class-picture" />;
}
