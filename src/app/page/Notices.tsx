/** What the reader should know or may choose, over the page's corner: nothing moves for it. */

import { useCommands, usePageState } from '../state/context.ts';
import { Undo } from './Undo.tsx';
import './Notices.css';

export function Notices() {
  return (
    <div className="notices">
      <div className="notices-of-training">
        <Undo />
        <Offer />
      </div>
      <Sentences />
    </div>
  );
}

function Sentences() {
  const commands = useCommands();
  const notices = usePageState((state) => state.notices);
  if (notices.length === 0) return null;
  return (
    <div className="notice" role="alert">
      <p>{notices.join(' ')}</p>
      <button type="button" onClick={() => commands.dismissNotices()}>
        Dismiss
      </button>
    </div>
  );
}

/** At the next visit: go on where the last one stopped. */
function Offer() {
  const commands = useCommands();
  const offer = usePageState((state) => state.offer);
  if (offer === undefined) return null;
  const when = new Date(offer.savedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section className="notice" aria-label="Last visit">
      <p>{`Your last visit stopped at step ${offer.step} (${offer.titles.join(', ')}; ${when}).`}</p>
      <div className="notice-ways">
        <button type="button" onClick={() => commands.acceptOffer()}>
          Go on there
        </button>
        <button type="button" onClick={() => commands.declineOffer()}>
          Not now
        </button>
      </div>
    </section>
  );
}
