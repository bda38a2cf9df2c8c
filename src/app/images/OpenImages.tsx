/** Images of one's own: chosen or dropped, looked at in the form in which networks get them, and learnt. */

import { useEffect, useRef, useState } from 'react';
import { forgetImages, holdImages } from '../../data/own-images.ts';
import { type OwnSetHeader, ownRecord, ownSetId } from '../../data/own-set.ts';
import { mostHeldOut } from '../../data/set.ts';
import { drawnClasses } from '../../data/split.ts';
import { DialogFrame } from '../parts/DialogFrame.tsx';
import { Digit } from '../parts/Digit.tsx';
import { whole } from '../parts/data-help.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { ownSetsMemory } from '../state/device-memory.ts';
import type { OwnSettings } from '../state/slices/training.ts';
import type { PickedFile } from '../state/slices/view.ts';
import { ImagesClient } from './images-client.ts';
import type { Listing, OwnForm, Preview } from './own-reader.ts';
import { pickedIn } from './picked-files.ts';
import './OpenImages.css';

const FIRST_FORM: OwnForm = { fit: 'crop', isInverted: false, isTransposed: false, areLetters: false };

/** How far the files that were chosen are. */
type Stage =
  | { readonly name: 'choosing'; readonly refusal?: string }
  | { readonly name: 'listing' }
  | { readonly name: 'listed'; readonly listing: Listing; readonly refusal?: string }
  | { readonly name: 'reading'; readonly listing: Listing; readonly share: number };

export function OpenImages() {
  const commands = useCommands();
  const dropped = usePageState(({ imageFiles }) => imageFiles);
  const client = useRef<ImagesClient>(undefined);
  const [stage, setStage] = useState<Stage>({ name: 'choosing' });
  const close = () => commands.show({ isOpeningImages: false, imageFiles: undefined });
  const end = () => {
    client.current?.end();
    client.current = undefined;
  };
  const open = async (files: readonly PickedFile[]) => {
    end();
    const own = new ImagesClient();
    client.current = own;
    setStage({ name: 'listing' });
    try {
      setStage({ name: 'listed', listing: await own.open(files) });
    } catch (error) {
      end();
      setStage({ name: 'choosing', refusal: (error as Error).message });
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: files are opened once, when they come.
  useEffect(() => {
    if (dropped !== undefined) open(dropped);
    return end;
  }, [dropped]);
  const take = async ({ form, isKept, isByIdentity }: Choice) => {
    if (stage.name !== 'listed' || client.current === undefined) return;
    const { listing } = stage;
    setStage({ name: 'reading', listing, share: 0 });
    try {
      const read = await client.current.read(form, isKept, (share) =>
        setStage({ name: 'reading', listing, share }),
      );
      const { header, own, unread } = read.set;
      holdImages(own);
      const known = commands.store.getState().ownSets.filter((each) => ownSetId(each) !== own.id);
      commands.show({ ownSets: [...known, header] });
      if (isKept && read.notKept === undefined) remember(header);
      if (read.notKept !== undefined) commands.tell(read.notKept);
      // What the list says already was seen.
      const fresh = unread.filter((sentence) => !listing.unread.includes(sentence));
      if (fresh.length > 0) commands.tell(unreadSentence(fresh));
      const { seed } = commands.store.getState().experiment;
      close();
      commands.chooseOwn(header, isByIdentity ? byIdentity(header, seed) : undefined);
      commands.train();
    } catch (error) {
      setStage({ name: 'listed', listing, refusal: (error as Error).message });
    }
  };
  return (
    <DialogFrame title="Open images" closeName="Close opening images" className="images" onClose={close}>
      <p>
        Images of your own, in a folder with a folder a class, a zip of that, or IDX files with their labels.
        They stay in this browser: nothing is sent anywhere.
      </p>
      <Ways isBusy={stage.name === 'listing' || stage.name === 'reading'} onPick={open} />
      {stage.name === 'choosing' && <Kept onChosen={close} />}
      {stage.name === 'listing' && <p role="status">Looking at what is there.</p>}
      {'refusal' in stage && stage.refusal !== undefined && (
        <p role="alert" className="images-refused">
          {stage.refusal}
        </p>
      )}
      {(stage.name === 'listed' || stage.name === 'reading') && (
        <Listed
          listing={stage.listing}
          client={client.current}
          share={stage.name === 'reading' ? stage.share : undefined}
          onTake={take}
          onCancel={() => {
            end();
            setStage({ name: 'choosing' });
          }}
        />
      )}
    </DialogFrame>
  );
}

/** A quarter of the classes is never learnt, as the letter's people are; small sets are learnt by heart without mirrors. */
function byIdentity(header: OwnSetHeader, seed: number): OwnSettings {
  const classes = header.sizes.length;
  const count = Math.min(mostHeldOut(header), Math.max(2, Math.round(classes / 4)));
  const heldOut = drawnClasses(classes, count, seed);
  return { heldOut, augmentation: 'shift-mirror', batchSize: 64, dim: 16, warmUpSteps: 150 };
}

function remember(header: OwnSetHeader): void {
  const others = ownSetsMemory.get().filter((each) => ownSetId(each) !== ownSetId(header));
  ownSetsMemory.set([...others, header]);
}

/** Named one by one up to here. */
const MOST_NAMED = 3;

function unreadSentence(unread: readonly string[]): string {
  const named = unread.slice(0, MOST_NAMED).join(' ');
  const others = unread.length - MOST_NAMED;
  const count = unread.length === 1 ? 'One file was' : `${whole(unread.length)} files were`;
  return `${count} left out. ${named}${others > 0 ? ` So were ${whole(others)} more.` : ''}`;
}

interface WaysProps {
  readonly isBusy: boolean;
  readonly onPick: (files: readonly PickedFile[]) => void;
}

function Ways({ isBusy, onPick }: WaysProps) {
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  // React knows no such attribute.
  useEffect(() => folder.current?.setAttribute('webkitdirectory', ''), []);
  const input = (ref: typeof files, name: string, accept?: string) => (
    <input
      ref={ref}
      type="file"
      multiple
      tabIndex={-1}
      aria-label={name}
      accept={accept}
      onChange={({ target }) => {
        const picked = pickedIn(target.files);
        target.value = '';
        if (picked.length > 0) onPick(picked);
      }}
    />
  );
  return (
    <div className="images-ways">
      <button type="button" disabled={isBusy} onClick={() => folder.current?.click()}>
        Choose a folder
      </button>
      <button type="button" disabled={isBusy} onClick={() => files.current?.click()}>
        Choose a zip or IDX files
      </button>
      <span className="images-quiet">or drop them anywhere on the page</span>
      {input(folder, 'Folder of images')}
      {input(files, 'Zip or IDX files', '.zip,.gz,.idx,application/octet-stream')}
    </div>
  );
}

/** Those that this page knows already. */
function Kept({ onChosen }: { readonly onChosen: () => void }) {
  const commands = useCommands();
  const sets = usePageState(({ ownSets }) => ownSets);
  const [kept, setKept] = useState(() => ownSetsMemory.get().map(ownSetId));
  if (sets.length === 0) return null;
  const forget = async (header: OwnSetHeader) => {
    const id = ownSetId(header);
    ownSetsMemory.set(ownSetsMemory.get().filter((each) => ownSetId(each) !== id));
    setKept(kept.filter((each) => each !== id));
    commands.show({ ownSets: sets.filter((each) => each !== header) });
    await forgetImages(header).catch(() =>
      commands.tell('This browser does not let the page delete the images: clear the data of this site.'),
    );
  };
  return (
    <section aria-label="Opened before">
      <h3>Opened before</h3>
      <ul className="images-kept">
        {sets.map((header) => (
          <li key={ownSetId(header)}>
            <span>{`${header.name}: ${countsText(header)}${kept.includes(ownSetId(header)) ? ', kept in this browser' : ', for this visit'}`}</span>
            <button
              type="button"
              onClick={() => {
                onChosen();
                commands.chooseOwn(header);
              }}
            >
              Use
            </button>
            <button type="button" className="quiet-button" onClick={() => forget(header)}>
              {`Delete ${header.name}`}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function countsText(header: OwnSetHeader): string {
  const { counts } = ownRecord(header);
  return `${whole(header.sizes.length)} classes, ${whole(counts.train + counts.test)} images`;
}

interface Choice {
  readonly form: OwnForm;
  readonly isKept: boolean;
  readonly isByIdentity: boolean;
}

interface ListedProps {
  readonly listing: Listing;
  readonly client: ImagesClient | undefined;
  /** Of what is being read; undefined before. */
  readonly share: number | undefined;
  readonly onTake: (choice: Choice) => void;
  readonly onCancel: () => void;
}

function Listed({ listing, client, share, onTake, onCancel }: ListedProps) {
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
            <Digit images={{ pixels: preview.images, side: 28, isLight: true }} row={row} />
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
