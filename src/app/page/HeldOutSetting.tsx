/** Which classes training never sees: a press each, and where there are many, a search and a draw. */

import { useState } from 'react';
import { mostHeldOut } from '../../data/set.ts';
import { drawnClasses } from '../../data/split.ts';
import { MANY } from '../../plots/palette.ts';
import { ClassSearch, namesWith } from '../parts/ClassSearch.tsx';
import { dataHelp } from '../parts/data-help.ts';
import { Hint } from '../parts/Hint.tsx';
import { NumberEntry } from '../parts/NumberEntry.tsx';
import { useCommands, useDataSet, usePageState } from '../state/context.ts';
import './HeldOutSetting.css';

export function HeldOutSetting() {
  const commands = useCommands();
  const heldOut = usePageState(({ experiment }) => experiment.heldOut);
  const set = useDataSet();
  const [wanted, setWanted] = useState('');
  const toggled = (label: number) =>
    heldOut.includes(label)
      ? heldOut.filter((other) => other !== label)
      : [...heldOut, label].sort((a, b) => a - b);
  const isMany = set.classNames.length > MANY;
  const shown = namesWith(set.classNames, isMany ? wanted : '');
  return (
    <Hint text={dataHelp(set).heldOut}>
      <fieldset className={isMany ? 'held-out of-many' : 'held-out'}>
        <legend>Left out of training</legend>
        {isMany && <DrawHeldOut />}
        {isMany && <ClassSearch name="Find a class to leave out" wanted={wanted} onSearch={setWanted} />}
        <div className="held-out-classes">
          {set.classNames.map(
            (name, label) =>
              shown.includes(label) && (
                <label key={name}>
                  <input
                    type="checkbox"
                    aria-label={`Leave out ${name}`}
                    checked={heldOut.includes(label)}
                    disabled={!heldOut.includes(label) && heldOut.length >= mostHeldOut(set)}
                    onChange={() => commands.restartWith({ heldOut: toggled(label) })}
                  />
                  <span>{name}</span>
                </label>
              ),
          )}
        </div>
      </fieldset>
    </Hint>
  );
}

/** So many at random, by the experiment's seed: of a hundred people nobody picks ten by hand. */
function DrawHeldOut() {
  const commands = useCommands();
  const { seed, heldOut } = usePageState(({ experiment }) => experiment);
  const set = useDataSet();
  const most = mostHeldOut(set);
  const [count, setCount] = useState(Math.max(2, Math.round(set.classNames.length / 4)));
  return (
    <div className="held-out-draw">
      <NumberEntry
        name="How many to leave out"
        value={count}
        range={[1, most]}
        step={1}
        isWhole
        onChange={setCount}
      />
      <button
        type="button"
        onClick={() => commands.restartWith({ heldOut: drawnClasses(set.classNames.length, count, seed) })}
      >
        {`Leave out ${count} at random`}
      </button>
      <button
        type="button"
        disabled={heldOut.length === 0}
        onClick={() => commands.restartWith({ heldOut: [] })}
      >
        None
      </button>
    </div>
  );
}
