/** What the reader should know or may choose, over the page's corner: nothing moves for it. */

import { lazy } from 'react';
import { Part } from '../parts/Part.tsx';
import { useCommands, usePageState } from '../state/context.ts';
import { Undo } from './Undo.tsx';
import './Notices.css';

/** Not needed for the first picture. */
const Kept = lazy(() => import('./Kept.tsx').then((module) => ({ default: module.Kept })));

export function Notices() {
  return (
    <div className="notices">
      <div className="notices-of-training">
        <Undo />
        <Part name="The last visit">
          <Kept />
        </Part>
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
