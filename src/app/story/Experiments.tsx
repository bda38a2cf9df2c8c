/** Cards of experiments worth loading, each a link that opens at once, and how to make one's own. */

import { presetNamed } from '../../losses/presets.ts';
import { LossPicture } from '../parts/LossPicture.tsx';
import { useCommands } from '../state/context.ts';
import { AccuracyMap } from './AccuracyMap.tsx';
import { EXPERIMENTS, linkOf, type WorthLoading } from './experiments.ts';
import './Experiments.css';

export function Experiments() {
  return (
    <section className="experiments surface" aria-label="Experiments worth loading">
      <h2>Experiments worth loading</h2>
      <ul>
        {EXPERIMENTS.map((each) => (
          <Card key={each.title} experiment={each} />
        ))}
      </ul>
      <details>
        <summary>How to give one to a class</summary>
        <p>
          Set the page as you want it: losses, weights, warm-up, seed, digits left out. What you switch while
          it trains, at which step, is kept too. Then “Copy link”: who opens the link and presses Train gets
          the same runs, switches at the same steps. “Save session” keeps the trained networks as well, in a
          file.
        </p>
      </details>
    </section>
  );
}

function Card({ experiment }: { readonly experiment: WorthLoading }) {
  const commands = useCommands();
  const { title, question, lookFor, pictures, map } = experiment;
  const hash = linkOf(experiment);
  return (
    <li className={map === undefined ? undefined : 'with-map'}>
      <div>
        <div className="experiment-pictures">
          {pictures.map((name) => (
            <LossPicture key={name} preset={presetNamed(name)} />
          ))}
        </div>
        <h3>
          <a
            href={hash}
            onClick={(event) => {
              // A new tab is a page of its own.
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              commands.openLink(hash);
              window.scrollTo({ top: 0 });
            }}
          >
            {title}
          </a>
        </h3>
        <p className="experiment-question">{question}</p>
        <p>{lookFor}</p>
      </div>
      {map !== undefined && <AccuracyMap {...map} />}
    </li>
  );
}
