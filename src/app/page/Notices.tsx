/** What the reader should know or may choose, over the page's corner: nothing moves for it. */

import { useCommands, usePageState } from '../state/context.ts';
import { Kept } from './Kept.tsx';
import { Undo } from './Undo.tsx';
import './Notices.css';

export function Notices() {
  return (
    <div className="notices">
      <div className="notices-of-training">
        <Undo />
        <Kept />
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
