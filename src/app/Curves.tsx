/** Loss terms and accuracy over steps, with marks where the objective changed. */

import { useEffect, useRef } from 'react';
import { LOSS_CONTENT } from '../content/losses.ts';
import { lossNameOf, type Objective, type Schedule } from '../losses/objective.ts';
import { type CurvesScene, drawCurves, type Mark } from '../plots/curves.ts';
import type { CurvePoint } from '../timeline/history.ts';
import { useLabState } from './context.ts';

const TERMS = [
  { name: 'softmax', className: 'curve-softmax' },
  { name: 'center', className: 'curve-center' },
  { name: 'margin', className: 'curve-margin' },
] as const;

export function Curves() {
  const run = useLabState((state) => state.selectedRun);
  const points = useLabState(({ curves }) => curves[run]);
  const schedule = useLabState(({ lab }) => lab?.schedules[run]);
  const lastStep = points?.at(-1)?.step ?? 0;
  const marks = marksOf(schedule, lastStep);
  return (
    <div className="curves">
      <figure>
        <figcaption>
          Loss terms
          <span className="keys">
            {TERMS.map(({ name, className }) => (
              <span key={name} className={`key ${className}`}>
                {name}
              </span>
            ))}
          </span>
        </figcaption>
        <Chart
          label="Loss terms over steps"
          scene={{
            curves: TERMS.map(({ name, className }) => ({ name, className, points: series(points, name) })),
            marks,
          }}
        />
      </figure>
      <figure>
        <figcaption>Test accuracy</figcaption>
        <Chart
          label="Test accuracy over steps"
          scene={{
            curves: [{ name: 'accuracy', className: 'curve-accuracy', points: series(points, 'accuracy') }],
            marks,
            low: 0,
            high: 1,
          }}
        />
      </figure>
    </div>
  );
}

function Chart({ label, scene }: { readonly label: string; readonly scene: CurvesScene }) {
  const svg = useRef<SVGSVGElement>(null);
  const latest = useRef(scene);
  latest.current = scene;
  useEffect(() => {
    const element = svg.current;
    if (element === null) return;
    const draw = () =>
      drawCurves(element, latest.current, element.clientWidth || 300, element.clientHeight || 130);
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const element = svg.current;
    if (element !== null) drawCurves(element, scene, element.clientWidth || 300, element.clientHeight || 130);
  }, [scene]);
  return <svg ref={svg} role="img" aria-label={label} className="chart" />;
}

/** The steps at which something else began to be trained. */
function marksOf(schedule: Schedule | undefined, lastStep: number): Mark[] {
  return (schedule ?? [])
    .filter(({ step }) => step > 0 && step <= lastStep)
    .map(({ step, objective }) => ({ step, label: nameOf(objective) }));
}

function nameOf(objective: Objective): string {
  const name = lossNameOf(objective);
  const { lambda0, lambda1, lambda2, alphaPlus, alphaMinus } = objective;
  const margins = lambda2 > 0 ? `, α₊ ${alphaPlus}, α₋ ${alphaMinus}` : '';
  return `${name === undefined ? `λ ${lambda0}, ${lambda1}, ${lambda2}` : LOSS_CONTENT[name].title}${margins}`;
}

function series(points: readonly CurvePoint[] | undefined, name: string) {
  return (points ?? []).flatMap(({ step, values }) => {
    const value = values[name];
    return value === undefined ? [] : [{ step, value }];
  });
}
