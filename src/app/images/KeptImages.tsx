/** Sets of one's own images that this page knows already: use one again, or delete it. */

import { useState } from 'react';
import { forgetImages } from '../../data/own-images.ts';
import { type OwnSetHeader, ownRecord, ownSetId } from '../../data/own-set.ts';
import { whole } from '../parts/data-help.ts';
import { useCommands, usePageState } from '../state/context.ts';
import { ownSetsMemory } from '../state/device-memory.ts';

export function KeptImages({ onChosen }: { readonly onChosen: () => void }) {
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
