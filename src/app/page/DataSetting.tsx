/** Which data set is learnt: those of this host, and images of one's own. */

import { ownSetId } from '../../data/own-set.ts';
import { DATA_SET_IDS, dataSet } from '../../data/sets.ts';
import { Hint } from '../parts/Hint.tsx';
import { HELP } from '../parts/help.ts';
import { Choice, Setting } from '../parts/Setting.tsx';
import { useCommands, usePageState } from '../state/context.ts';

export function DataSetting() {
  const commands = useCommands();
  const chosen = usePageState(({ experiment }) => experiment.data);
  const own = usePageState(({ experiment }) => experiment.own);
  const here = usePageState(({ dataSets }) => dataSets);
  const opened = usePageState(({ ownSets }) => ownSets);
  // One that a link or a session names stays in sight, whether it is here or not.
  const offered = DATA_SET_IDS.filter((id) => here.includes(id) || id === chosen);
  const isKnown = own === undefined || opened.some((header) => ownSetId(header) === chosen);
  const owned = isKnown ? opened : [...opened, own];
  return (
    <>
      <Setting name="Data" help={HELP.data}>
        <Choice
          name="Data"
          value={chosen}
          options={[
            ...offered.map((id) => ({ value: id, text: dataSet(id).title })),
            ...owned.map((header) => ({ value: ownSetId(header), text: header.name })),
          ]}
          onChange={(id) => {
            const [published, header] = [
              offered.find((each) => each === id),
              owned.find((each) => ownSetId(each) === id),
            ];
            if (published !== undefined) commands.chooseData(published);
            else if (header !== undefined) commands.chooseOwn(header);
          }}
        />
      </Setting>
      <Hint text={HELP.openImages}>
        <button
          type="button"
          className="open-images"
          onClick={() => commands.show({ isOpeningImages: true, imageFiles: undefined })}
        >
          Open images…
        </button>
      </Hint>
    </>
  );
}
