/** The plots in a page of one's own, and on a wall. */

import { useCommands, usePageState } from '../state/context.ts';
import type { TabProps } from './Export.tsx';

export function EmbedTab({ runs }: TabProps) {
  const commands = useCommands();
  // The link follows the experiment.
  usePageState(({ experiment }) => experiment);
  const address = new URL(commands.link().href);
  address.search = '?embed';
  const embedded = address.href;
  address.search = '?present';
  const snippet = `<iframe src="${embedded}" title="Margin Loss Lab" width="100%" height="${runs.length > 1 ? 460 : 520}" style="border: 0" loading="lazy"></iframe>`;
  return (
    <>
      <p>
        One to three panels and their timeline, with a link to the lab. The host of the lab decides who may
        embed it: see “Teach and embed” in the README.
      </p>
      <label className="export-snippet">
        <span>HTML</span>
        <textarea readOnly rows={4} value={snippet} onFocus={(event) => event.target.select()} />
      </label>
      <div className="export-actions">
        <button
          type="button"
          className="primary"
          onClick={() => {
            navigator.clipboard.writeText(snippet).then(
              () => commands.tell('The HTML is on the clipboard.'),
              () => commands.tell('The browser did not allow copying: take it from the field.'),
            );
          }}
        >
          Copy HTML
        </button>
        <a href={address.href}>Open for a lecture: large type, plots alone</a>
      </div>
    </>
  );
}
