/** Images of one's own: chosen or dropped, looked at in the form in which networks get them, and learnt. */

import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { holdImages } from '../../data/own-images.ts';
import { type OwnSetHeader, ownSetId } from '../../data/own-set.ts';
import { mostHeldOut } from '../../data/set.ts';
import { drawnClasses } from '../../data/split.ts';
import { DialogFrame } from '../parts/DialogFrame.tsx';
import { whole } from '../parts/data-help.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { ownSetsMemory } from '../state/device-memory.ts';
import type { OwnSettings } from '../state/slices/training.ts';
import type { PickedFile } from '../state/slices/view.ts';
import { ImagesClient } from './images-client.ts';
import { KeptImages } from './KeptImages.tsx';
import { type Choice, ListedImages } from './ListedImages.tsx';
import type { Listing } from './own-reader.ts';
import { pickedIn } from './picked-files.ts';
import './OpenImages.css';

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
      {stage.name === 'choosing' && <KeptImages onChosen={close} />}
      {stage.name === 'listing' && <p role="status">Looking at what is there.</p>}
      {'refusal' in stage && stage.refusal !== undefined && (
        <p role="alert" className="images-refused">
          {stage.refusal}
        </p>
      )}
      {(stage.name === 'listed' || stage.name === 'reading') && (
        <ListedImages
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
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const picked = pickedIn(target.files);
    target.value = '';
    if (picked.length > 0) onPick(picked);
  };
  return (
    <div className="images-ways">
      <button type="button" disabled={isBusy} onClick={() => folder.current?.click()}>
        Choose a folder
      </button>
      <button type="button" disabled={isBusy} onClick={() => files.current?.click()}>
        Choose a zip or IDX files
      </button>
      <span className="images-quiet">or drop them anywhere on the page</span>
      <input
        ref={folder}
        type="file"
        multiple
        tabIndex={-1}
        aria-label="Folder of images"
        onChange={onChange}
      />
      <input
        ref={files}
        type="file"
        multiple
        tabIndex={-1}
        aria-label="Zip or IDX files"
        accept=".zip,.gz,.idx,application/octet-stream"
        onChange={onChange}
      />
    </div>
  );
}
