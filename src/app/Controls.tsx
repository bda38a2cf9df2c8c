/** The selected run's weights and margins, and what holds for the whole experiment. */

import { HELP } from '../content/help.ts';
import { mostHeldOut, probeCount } from '../data/set.ts';
import { OBJECTIVE_RANGES, type Objective } from '../losses/objective.ts';
import {
  BACKEND_NAMES,
  LEARNING_RATE_RANGE,
  NETWORK_NAMES,
  SEED_RANGE,
  WARM_UP_RANGE,
} from '../training/protocol.ts';
import { useDataSet, useLab, useLabState } from './context.ts';
import { dataHelp, whole } from './data-help.ts';
import { Hint } from './Hint.tsx';
import { NumberEntry, Slider } from './Slider.tsx';

const SLIDERS: readonly { readonly field: keyof Objective; readonly name: string; readonly step: number }[] =
  [
    { field: 'lambda0', name: 'λ₀ softmax', step: 0.001 },
    { field: 'lambda1', name: 'λ₁ center', step: 0.001 },
    { field: 'lambda2', name: 'λ₂ margin', step: 0.001 },
    { field: 'alphaPlus', name: 'α₊ inside', step: 0.05 },
    { field: 'alphaMinus', name: 'α₋ outside', step: 0.1 },
  ];

export function Controls() {
  return (
    <aside id="controls" className="controls" aria-label="Controls">
      <ObjectiveSliders />
      <ExperimentSettings />
    </aside>
  );
}

function ObjectiveSliders() {
  const lab = useLab();
  const run = useLabState((state) => state.selectedRun);
  const spec = useLabState(({ experiment }) => experiment.runs[run]);
  const learningRate = useLabState(({ experiment }) => experiment.learningRate);
  if (spec === undefined) return null;
  const { title, objective } = spec;
  return (
    <fieldset>
      <legend>
        <span className={`run-key run-${run}`} aria-hidden="true" />
        {title}: objective, live
      </legend>
      {SLIDERS.map(({ field, name, step }) => (
        <Slider
          key={field}
          name={name}
          value={objective[field]}
          range={OBJECTIVE_RANGES[field]}
          step={step}
          help={HELP[field]}
          onChange={(value) => lab.setObjective(run, { ...objective, [field]: value })}
          {...(field.startsWith('alpha')
            ? { onFocusChange: (marginsInFocus: boolean) => lab.show({ marginsInFocus }) }
            : {})}
        />
      ))}
      <Slider
        name="Learning rate"
        value={learningRate}
        range={LEARNING_RATE_RANGE}
        step={0.0001}
        isLogarithmic
        help={HELP.learningRate}
        onChange={(value) => lab.setLearningRate(value)}
      />
    </fieldset>
  );
}

function ExperimentSettings() {
  const lab = useLab();
  const { seed, network, backend, warmUpSteps } = useLabState((state) => state.experiment);
  return (
    <fieldset>
      <legend>Experiment</legend>
      <Setting name="Warm-up" unit="steps" help={HELP.warmUp}>
        <NumberEntry
          name="Warm-up"
          value={warmUpSteps}
          range={WARM_UP_RANGE}
          step={1}
          onChange={(value) => lab.setWarmUp(Math.round(value))}
        />
      </Setting>
      <Setting name="Seed" help={HELP.seed}>
        <NumberEntry
          name="Seed"
          value={seed}
          range={SEED_RANGE}
          step={1}
          onChange={(value) => lab.restartWith({ seed: Math.round(value) })}
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
          onChange={(value) => lab.restartWith({ network: value })}
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
          onChange={(value) => lab.setBackend(value)}
        />
      </Setting>
      <SamplesSetting />
      <HeldOutSetting />
    </fieldset>
  );
}

function HeldOutSetting() {
  const lab = useLab();
  const heldOut = useLabState(({ experiment }) => experiment.heldOut);
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
              onChange={() => lab.restartWith({ heldOut: toggled(label) })}
            />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
    </Hint>
  );
}

function SamplesSetting() {
  const lab = useLab();
  const set = useDataSet();
  const samples = useLabState(({ sampleSet }) => sampleSet);
  return (
    <Setting name="Samples" help={dataHelp(set).samples}>
      <Choice
        name="Samples"
        value={samples}
        options={[
          { value: 'balanced', text: whole(probeCount(set)) },
          { value: 'all', text: whole(set.counts.test) },
        ]}
        onChange={(value) => lab.showSamples(value)}
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

interface SettingProps {
  readonly name: string;
  readonly unit?: string;
  readonly help: string;
  readonly children: React.ReactElement;
}

function Setting({ name, unit, help, children }: SettingProps) {
  return (
    <div className="setting">
      <Hint text={help}>
        <span className="setting-name">{name}</span>
      </Hint>
      {children}
      <span className="setting-unit">{unit}</span>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ name, value, options, onChange }: ChoiceProps<T>) {
  return (
    <select
      aria-label={name}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}
