/** The selected run's objective, what holds for the whole experiment, and the objective as an equation. */

import { mostHeldOut, probeCount } from '../../data/set.ts';
import { BACKEND_NAMES, NETWORK_NAMES, SEED_RANGE, WARM_UP_RANGE } from '../../training/link/protocol.ts';
import { dataHelp, whole } from '../parts/data-help.ts';
import { Hint } from '../parts/Hint.tsx';
import { HELP } from '../parts/help.ts';
import { NumberEntry } from '../parts/NumberEntry.tsx';
import { Choice, Setting } from '../parts/Setting.tsx';
import { useCommands, useDataSet, usePageState } from '../state/context.ts';
import { ObjectiveControls } from './ObjectiveControls.tsx';
import { ObjectiveEquation } from './ObjectiveEquation.tsx';
import './Controls.css';

export function Controls() {
  return (
    <aside id="controls" className="controls surface" aria-label="Controls">
      <ObjectiveControls />
      <ExperimentSettings />
      <ObjectiveEquation />
    </aside>
  );
}

function ExperimentSettings() {
  const commands = useCommands();
  const { seed, network, backend, warmUpSteps } = usePageState((state) => state.experiment);
  return (
    <fieldset>
      <legend>Experiment</legend>
      <Setting name="Warm-up" unit="steps" help={HELP.warmUp}>
        <NumberEntry
          name="Warm-up"
          value={warmUpSteps}
          range={WARM_UP_RANGE}
          step={1}
          isWhole
          onChange={(value) => commands.setWarmUp(value)}
        />
      </Setting>
      <Setting name="Seed" help={HELP.seed}>
        <NumberEntry
          name="Seed"
          value={seed}
          range={SEED_RANGE}
          step={1}
          isWhole
          restarts
          onChange={(value) => commands.restartWith({ seed: value })}
        />
      </Setting>
      <Setting name="Network" help={HELP.network}>
        <Choice
          name="Network"
          value={network}
          options={NETWORK_NAMES.map((value) => ({
            value,
            text: value === 'compact' ? 'Compact' : 'LeNets++',
          }))}
          onChange={(value) => commands.restartWith({ network: value })}
        />
      </Setting>
      <Setting name="Backend" help={HELP.backendChoice}>
        <Choice
          name="Backend"
          value={backend}
          options={(['auto', ...BACKEND_NAMES] as const).map((value) => ({
            value,
            text: BACKEND_TEXT[value],
          }))}
          onChange={(value) => commands.setBackend(value)}
        />
      </Setting>
      <SamplesSetting />
      <HeldOutSetting />
    </fieldset>
  );
}

function HeldOutSetting() {
  const commands = useCommands();
  const heldOut = usePageState(({ experiment }) => experiment.heldOut);
  const set = useDataSet();
  const toggled = (label: number) =>
    heldOut.includes(label)
      ? heldOut.filter((other) => other !== label)
      : [...heldOut, label].sort((a, b) => a - b);
  return (
    <Hint text={dataHelp(set).heldOut}>
      <fieldset className="held-out">
        <legend>Left out of training</legend>
        {set.classNames.map((name, label) => (
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
        ))}
      </fieldset>
    </Hint>
  );
}

function SamplesSetting() {
  const commands = useCommands();
  const set = useDataSet();
  const samples = usePageState(({ sampleSet }) => sampleSet);
  return (
    <Setting name="Samples" help={dataHelp(set).samples}>
      <Choice
        name="Samples"
        value={samples}
        options={[
          { value: 'balanced', text: whole(probeCount(set)) },
          { value: 'all', text: whole(set.counts.test) },
        ]}
        onChange={(value) => commands.showSamples(value)}
      />
    </Setting>
  );
}

const BACKEND_TEXT = {
  auto: 'Automatic',
  webgl: 'WebGL',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};
