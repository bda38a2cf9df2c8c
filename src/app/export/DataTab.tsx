/** The numbers behind the page, in one archive. */

import { useState } from 'react';
import { useCommands, usePageState } from '../state/context.ts';
import { samplesShown, stepShown } from '../state/selectors.ts';
import { fileName, save } from './download.ts';
import type { TabProps } from './Export.tsx';

const CONTENTS = [
  ['features.csv, .npy', 'index in the test set, label, prediction, step, both features of every sample'],
  ['weights.safetensors', 'the network, at the newest step'],
  ['centres.npy, means.npy', 'learned centres and class means'],
  ['curves.csv', 'loss terms and measures over steps'],
  ['roc-*.csv, measures.json', 'verification of seeded pairs, every measure by name'],
  ['settings.json', 'objectives over time, seed, network, and a link that opens it'],
  ['citation.bib', 'the lab and the letter'],
] as const;

export function DataTab({ runs }: TabProps) {
  const commands = useCommands();
  const [isSaving, setSaving] = useState(false);
  const isEmpty = usePageState((state) => samplesShown(state) === undefined);
  const saveZip = async () => {
    setSaving(true);
    try {
      const [{ dataFiles }, { zipSync }] = await Promise.all([import('./data-files.ts'), import('fflate')]);
      const bytes = zipSync(await dataFiles(commands, runs));
      const step = Math.round(stepShown(commands.store.getState()));
      const name = fileName(['margin loss lab data step', String(step)], 'zip');
      save(name, new Blob([bytes as BlobPart], { type: 'application/zip' }));
    } catch (error) {
      commands.tell((error as Error).message);
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <p>A folder for each panel, of what it shows now:</p>
      <dl className="export-contents">
        {CONTENTS.map(([name, what]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div className="export-actions">
        <button type="button" className="primary" disabled={isEmpty || isSaving} onClick={saveZip}>
          Save data
        </button>
      </div>
    </>
  );
}
