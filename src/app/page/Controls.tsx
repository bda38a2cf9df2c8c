/** The selected run's objective, what holds for the whole experiment, and the objective as an equation. */

import { probeCount } from '../../data/set.ts';
import {
  BACKEND_NAMES,
  BATCH_SIZE_RANGE,
  batchAndNoise,
  batchSizeOf,
  DIM_RANGE,
  dimOf,
  LABEL_NOISE_RANGE,
  MOST_CORES,
  NETWORK_NAMES,
  PLOT_DIM,
  SEED_RANGE,
  WARM_UP_RANGE,
} from '../../training/link/protocol.ts';
import { dataHelp, whole } from '../parts/data-help.ts';
import { HELP } from '../parts/help.ts';
import { NumberEntry } from '../parts/NumberEntry.tsx';
import { Choice, Setting } from '../parts/Setting.tsx';
import { useCommands, useDataSet, usePageState } from '../state/context.ts';
import { DataSetting } from './DataSetting.tsx';
import { HeldOutSetting } from './HeldOutSetting.tsx';
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
  const experiment = usePageState((state) => state.experiment);
  const { seed, network, backend, warmUpSteps, labelNoise = 0, augmentation = 'none' } = experiment;
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
      <Setting name="Batch size" unit="images" help={HELP.batchSize}>
        <NumberEntry
          name="Batch size"
          value={batchSizeOf(experiment)}
          range={BATCH_SIZE_RANGE}
          step={1}
          isWhole
          restarts
          onChange={(value) => commands.restartWith(batchAndNoise(value, labelNoise))}
        />
      </Setting>
      <Setting name="Label noise" help={HELP.labelNoise}>
        <NumberEntry
          name="Label noise"
          value={labelNoise}
          range={LABEL_NOISE_RANGE}
          step={0.05}
          restarts
          onChange={(value) => commands.restartWith(batchAndNoise(batchSizeOf(experiment), value))}
        />
      </Setting>
      <Setting name="Augmentation" help={HELP.augmentation}>
        <Choice
          name="Augmentation"
          value={augmentation}
          options={[
            { value: 'none', text: 'None' },
            { value: 'shift', text: 'Shift' },
            { value: 'shift-mirror', text: 'Shift, mirror' },
          ]}
          onChange={(value) =>
            commands.restartWith({ augmentation: value === 'none' ? undefined : value, seed })
          }
        />
      </Setting>
      <DataSetting />
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
      <Setting name="Feature width" unit="dimensions" help={HELP.dim}>
        <NumberEntry
          name="Feature width"
          value={dimOf(experiment)}
          range={DIM_RANGE}
          step={1}
          isWhole
          restarts
          onChange={(value) => commands.restartWith({ dim: value === PLOT_DIM ? undefined : value })}
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
      <CoresSetting />
      <SamplesSetting />
      <HeldOutSetting />
    </fieldset>
  );
}

function CoresSetting() {
  const commands = useCommands();
  const wish = usePageState(({ coresWish }) => coresWish);
  const computing = usePageState(({ cores }) => cores);
  const backend = usePageState((state) => state.backend?.name);
  const most = Math.min(MOST_CORES, navigator.hardwareConcurrency ?? 1);
  const numbers = Array.from({ length: most }, (_, i) => i + 1);
  // One that was chosen on this machine's better days stays in sight.
  if (wish !== 'auto' && wish > most) numbers.push(wish);
  return (
    <Setting name="Cores" help={HELP.cores}>
      <Choice
        name="Cores"
        value={String(wish)}
        isDisabled={backend !== undefined && backend !== 'wasm'}
        options={[
          { value: 'auto', text: wish === 'auto' && computing > 1 ? `Auto: ${computing}` : 'Auto' },
          ...numbers.map((count) => ({ value: String(count), text: String(count) })),
        ]}
        onChange={(value) => commands.setCores(value === 'auto' ? value : Number(value))}
      />
    </Setting>
  );
}

function SamplesSetting() {
  const commands = useCommands();
  const set = useDataSet();
  const samples = usePageState(({ sampleSet }) => sampleSet);
  const heldOut = usePageState(({ experiment }) => experiment.heldOut);
  const balanced = probeCount(set, heldOut);
  return (
    <Setting name="Samples" help={dataHelp(set).samples}>
      <Choice
        name="Samples"
        value={samples}
        options={[
          { value: 'balanced', text: whole(balanced) },
          // A small set is shown whole.
          ...(balanced === set.counts.test ? [] : [{ value: 'all', text: whole(set.counts.test) } as const]),
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
