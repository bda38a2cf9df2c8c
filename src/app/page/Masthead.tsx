/** The page's head: what it is, and what concerns the page as a whole: link, session, theme, shortcuts. */

import { lazy, useRef, useState } from 'react';
import { Hint } from '../parts/Hint.tsx';
import { HELP } from '../parts/help.ts';
import { Part } from '../parts/Part.tsx';
import { useCommands, useDataSet, usePageState } from '../state/context.ts';
import type { ThemeChoice } from '../state/store.ts';
import './Masthead.css';

/** Not needed for the first picture. */
const Shortcuts = lazy(() => import('./Shortcuts.tsx').then((module) => ({ default: module.Shortcuts })));

const NOT_LOADED = 'The part of the page that reads and writes sessions did not load: try again.';

function Question() {
  const { many } = useDataSet().word;
  return <p>{`Three losses, one network, equal images. Which packs ${many} tightest and furthest apart?`}</p>;
}

export function Masthead() {
  return (
    <header className="masthead">
      <div className="masthead-title">
        <h1>Margin Loss Lab</h1>
        <Question />
        <ShowMe />
      </div>
      <div className="masthead-tools">
        <CopyLink />
        <SessionButtons />
        <ExportButton />
        <ThemeControl />
        <Part name="The list of keys">
          <Shortcuts />
        </Part>
      </div>
    </header>
  );
}

function ShowMe() {
  const commands = useCommands();
  const isOpen = usePageState(({ guide }) => guide !== undefined);
  return (
    <Hint text={HELP.showMe}>
      <button type="button" className="show-me" aria-expanded={isOpen} onClick={() => commands.turnTo(1)}>
        Show me
      </button>
    </Hint>
  );
}

function CopyLink() {
  const commands = useCommands();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    // Browsers let a page copy only for a while after a press: no waiting without need.
    if (!commands.isSettled()) await commands.settled();
    const { href, shortfall } = commands.link();
    try {
      await navigator.clipboard.writeText(href);
      if (shortfall !== undefined) commands.tell(shortfall);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      commands.tell('The browser did not allow copying: take the link from the address bar.');
    }
  };
  return (
    <Hint text={HELP.copyLink}>
      <button type="button" className="quiet-button" onClick={copy}>
        {isCopied ? 'Copied' : 'Copy link'}
      </button>
    </Hint>
  );
}

function SessionButtons() {
  const commands = useCommands();
  const input = useRef<HTMLInputElement>(null);
  const [isSaving, setSaving] = useState(false);
  const hasSession = usePageState(({ samples }) => samples !== undefined);
  const saveNow = async () => {
    setSaving(true);
    await import('../sessions/files.ts').then(
      ({ saveSession }) => saveSession(commands),
      () => commands.tell(NOT_LOADED),
    );
    setSaving(false);
  };
  return (
    <>
      <Hint text={HELP.saveSession}>
        <button
          type="button"
          className="quiet-button"
          aria-label="Save session"
          disabled={!hasSession || isSaving}
          onClick={saveNow}
        >
          <span>Save</span>
          <span className="wide-only">{' session'}</span>
        </button>
      </Hint>
      <Hint text={HELP.openSession}>
        <button
          type="button"
          className="quiet-button"
          aria-label="Open session"
          onClick={() => input.current?.click()}
        >
          <span>Open</span>
          <span className="wide-only">{' session'}</span>
        </button>
      </Hint>
      {/* Any file: iOS would grey out all whose kind it does not know. What is no session gets a sentence. */}
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const field = event.target;
          import('../sessions/files.ts').then(
            ({ openFiles }) => {
              openFiles(commands, field.files);
              // The same file again is a change, too.
              field.value = '';
            },
            () => commands.tell(NOT_LOADED),
          );
        }}
      />
    </>
  );
}

function ExportButton() {
  const commands = useCommands();
  return (
    <Hint text={HELP.export}>
      <button type="button" className="quiet-button" onClick={() => commands.show({ isExporting: true })}>
        Export
      </button>
    </Hint>
  );
}

function ThemeControl() {
  const commands = useCommands();
  const theme = usePageState((state) => state.theme);
  return (
    <Hint text={HELP.theme}>
      <select
        aria-label="Theme"
        className="quiet-button"
        value={theme}
        onChange={(event) => commands.setTheme(event.target.value as ThemeChoice)}
      >
        <option value="auto">System</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </Hint>
  );
}
