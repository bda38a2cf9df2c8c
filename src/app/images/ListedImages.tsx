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
          <Radio
            group="fit"
            name="The middle of each image"
            isOn={form.fit === 'crop'}
            onChoose={() => setForm({ ...form, fit: 'crop' })}
          />
          <Radio
            group="fit"
            name="All of it, with a border"
            isOn={form.fit === 'border'}
            onChoose={() => setForm({ ...form, fit: 'border' })}
          />
          <Check
            name="Invert: dark things on a light ground"
            isOn={form.isInverted}
            onChange={(isInverted) => setForm({ ...form, isInverted })}
          />
          {listing.kind === 'idx' && <IdxChecks form={form} onChange={setForm} />}
        </fieldset>
        <fieldset>
          <legend>Tested on</legend>
          <Radio
            group="split"
            name="One image in five of each class"
            isOn={!isByIdentity}
            onChoose={() => setByIdentity(false)}
          />
          <Radio
            group="split"
            name="A quarter of the classes, never seen (as people in the letter)"
            isOn={isByIdentity}
            onChoose={() => setByIdentity(true)}
          />
          <Check name="Keep the images in this browser for the next visit" isOn={isKept} onChange={setKept} />
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

function IdxChecks({
  form,
  onChange,
}: {
  readonly form: OwnForm;
  readonly onChange: (form: OwnForm) => void;
}) {
  return (
    <>
      <Check
        name="Transpose, as EMNIST needs"
        isOn={form.isTransposed}
        onChange={(isTransposed) => onChange({ ...form, isTransposed })}
      />
      <Check
        name="Labels 1 to 26 are letters"
        isOn={form.areLetters}
        onChange={(areLetters) => onChange({ ...form, areLetters })}
      />
    </>
  );
}

interface CheckProps {
  readonly name: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Check({ name, isOn, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" checked={isOn} onChange={({ target }) => onChange(target.checked)} />
      <span>{name}</span>
    </label>
  );
}

interface RadioProps {
  readonly group: string;
  readonly name: string;
  readonly isOn: boolean;
  readonly onChoose: () => void;
}

function Radio({ group, name, isOn, onChoose }: RadioProps) {
  return (
    <label className="check">
      <input type="radio" name={group} checked={isOn} onChange={onChoose} />
      <span>{name}</span>
    </label>
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
