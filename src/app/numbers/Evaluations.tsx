/** Evaluations, computed only while they are on the screen or near it: this component sets `measuresInView`. */

import { useEffect, useRef } from 'react';
import { useCommands, usePageState } from '../state/context.ts';
import { AllMeasures } from './AllMeasures.tsx';
import { Verification } from './Verification.tsx';
import './Evaluations.css';

/** Evaluation begins this far from the screen: the table of measures, just above, shows some of it. */
const NEAR = '300px';

export function Evaluations() {
  const commands = useCommands();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (root.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => commands.show({ measuresInView: entries.at(-1)?.isIntersecting ?? false }),
      { rootMargin: NEAR },
    );
    observer.observe(root.current);
    return () => observer.disconnect();
  }, [commands]);
  return (
    <div ref={root} className="evaluations">
      <Problem />
      <Verification />
      <AllMeasures />
    </div>
  );
}

/** Why there are no measures, and the way out. */
function Problem() {
  const commands = useCommands();
  const sentence = usePageState(({ measuresProblem }) => measuresProblem);
  if (sentence === undefined) return null;
  return (
    <div role="alert" className="measures-problem surface">
      <p>{sentence}</p>
      <button type="button" onClick={() => commands.show({ measuresProblem: undefined })}>
        Compute again
      </button>
    </div>
  );
}
