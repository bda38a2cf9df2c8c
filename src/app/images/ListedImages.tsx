/** What was found in the files that were chosen, some of it in the form in which networks get it, and how it is to be taken. */

import { useEffect, useState } from 'react';
import { OWN_SIDE } from '../../data/own-set.ts';
import { Digit } from '../parts/Digit.tsx';
import { whole } from '../parts/data-help.ts';
import type { ImagesClient } from './images-client.ts';
import type { Listing, OwnForm, Preview } from './own-reader.ts';

const FIRST_FORM: OwnForm = { fit: 'crop', isInverted: false, isTransposed: false, areLetters: false };

/** How the images are taken. */
export interface Choice {
  readonly form: OwnForm;
  readonly isKept: boolean;
  readonly isByIdentity: boolean;
}

export interface ListedImagesProps {
  readonly listing: Listing;
  readonly client: ImagesClient | undefined;
  /** Of what is being read; undefined before. */
  readonly share: number | undefined;
  readonly onTake: (choice: Choice) => void;
  readonly onCancel: () => void;
}

export function ListedImages({ listing, client, share, onTake, onCancel }: ListedImagesProps) {
  const [form, setForm] = useState(FIRST_FORM);
  const [isKept, setKept] = useState(false);
  const [isByIdentity, setByIdentity] = useState(false);
  const preview = usePreview(client, listing, form);
  const images = listing.classes.reduce((sum, { count }) => sum + count, 0);
  const check = (name: string, isOn: boolean, onChange: (isOn: boolean) => void) => (
    <label className="check">
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
      <span>{name}</span>
    </label>
  );
  const radio = (group: string, name: string, isOn: boolean, onChoose: () => void) => (
    <label className="check">
      <input type="radio" name={group} checked={isOn} onChange={onChoose} />
      <span>{name}</span>
    </label>
  );
  return (
    <>
      <h3>{`${listing.name}: ${whole(listing.classes.length)} classes, ${whole(images)} images`}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <ul className="images-classes" aria-label="Classes found" tabIndex={0}>
        {listing.classes.map(({ name, count }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two folders may have names that look alike.
          <li key={i}>{`${name} ${whole(count)}`}</li>
        ))}
      </ul>
      {listing.unread.length > 0 && <Unread sentences={listing.unread} />}
      <ul className="images-tiles" aria-label="Preview, 28 × 28 pixels">
        {preview?.names.map((name, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: tiles have no other identity.
          <li key={row}>
            <Digit images={{ pixels: preview.images, side: OWN_SIDE, isLight: true }} row={row} />
            <span>{name}</span>
          </li>
        ))}
      </ul>
      <div className="images-form">
        <fieldset>
          <legend>Form</legend>
          {radio('fit', 'The middle of each image', form.fit === 'crop', () =>
            setForm({ ...form, fit: 'crop' }),
          )}
          {radio('fit', 'All of it, with a border', form.fit === 'border', () =>
            setForm({ ...form, fit: 'border' }),
          )}
          {check('Invert: dark things on a light ground', form.isInverted, (isInverted) =>
            setForm({ ...form, isInverted }),
          )}
          {listing.kind === 'idx' &&
            check('Transpose, as EMNIST needs', form.isTransposed, (isTransposed) =>
              setForm({ ...form, isTransposed }),
            )}
          {listing.kind === 'idx' &&
            check('Labels 1 to 26 are letters', form.areLetters, (areLetters) =>
              setForm({ ...form, areLetters }),
            )}
        </fieldset>
        <fieldset>
          <legend>Tested on</legend>
          {radio('split', 'One image in five of each class', !isByIdentity, () => setByIdentity(false))}
          {radio(
            'split',
            'A quarter of the classes, never seen (as people in the letter)',
            isByIdentity,
            () => setByIdentity(true),
          )}
          {check('Keep the images in this browser for the next visit', isKept, setKept)}
        </fieldset>
      </div>
      <div className="images-actions">
        <button
          type="button"
          className="primary"
          disabled={share !== undefined}
          onClick={() => onTake({ form, isKept, isByIdentity })}
        >
          Train on these
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        {share !== undefined && <progress aria-label="Reading the images" value={share} max={1} />}
      </div>
    </>
  );
}

function Unread({ sentences }: { readonly sentences: readonly string[] }) {
  return (
    <details className="images-unread">
      <summary>
        {sentences.length === 1 ? 'One file is left out' : `${whole(sentences.length)} files are left out`}
      </summary>
      <ul>
        {sentences.slice(0, 200).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </details>
  );
}

/** The newest preview; of an older form until it is there. */
function usePreview(client: ImagesClient | undefined, listing: Listing, form: OwnForm): Preview | undefined {
  const [preview, setPreview] = useState<Preview>();
  useEffect(() => {
    let isCurrent = true;
    if (listing.classes.length === 0) return;
    client?.preview(form).then(
      (made) => {
        if (isCurrent) setPreview(made);
      },
      // What is wrong is said when they are read.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [client, listing, form]);
  return preview;
}
