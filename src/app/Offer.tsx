/** At the next visit: go on where the last one stopped. */

import { useLab, useLabState } from './context.ts';

export function Offer() {
  const lab = useLab();
  const offer = useLabState((state) => state.offer);
  if (offer === undefined) return null;
  const when = new Date(offer.savedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section className="notice" aria-label="Last visit">
      <p>
        Your last visit stopped at step {offer.step} ({offer.titles.join(', ')}; {when}).
      </p>
      <button type="button" onClick={() => lab.acceptOffer()}>
        Go on there
      </button>
      <button type="button" onClick={() => lab.show({ offer: undefined })}>
        Not now
      </button>
    </section>
  );
}
