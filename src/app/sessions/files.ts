/** Sessions as files: save what is here, open what was saved. */

import { DataError } from '../../data/errors.ts';
import { fileName, save } from '../export/download.ts';
import type { Commands } from '../state/commands.ts';
import { Background } from './background.ts';
import { LARGEST_SESSION, type Session } from './session-file.ts';

export const SESSION_EXTENSION = 'mll';
/** The longest timeline of the largest network takes a few seconds. */
const LIMIT_MS = 60_000;

/** Files are written and read one after the other. */
const background = new Background();

/** Saves the session; where it can't be saved, the page shows a sentence that says why. */
export async function saveSession(commands: Commands): Promise<void> {
  try {
    const session = await commands.session();
    const bytes = await background.run('encodeSession', LIMIT_MS, session);
    const name = fileName(['margin loss lab step', String(session.checkpoint.step)], SESSION_EXTENSION);
    save(name, new Blob([bytes as BlobPart], { type: 'application/octet-stream' }));
  } catch (error) {
    commands.tell(error instanceof Error ? error.message : 'The session could not be saved.');
  }
}

/** Opens the first of the files that were dropped or chosen, and says so where there are more. */
export function openFiles(commands: Commands, files: FileList | null | undefined): void {
  const [file, ...others] = files ?? [];
  if (file === undefined) return;
  if (others.length > 0) commands.tell(`One session is opened at a time: ${nameOf(file)}.`);
  openSession(commands, file);
}

const nameOf = (file: File) => file.name.slice(0, 60);

/** Goes on with the session in a file. Where it can't be read, a sentence says so and nothing changes. */
export async function openSession(commands: Commands, file: File): Promise<void> {
  const name = `The file ${nameOf(file)}`;
  await openFrom(commands, name, async () => {
    if (file.size > LARGEST_SESSION) throw new DataError(`${name} is too large to be a session.`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    return background.run('decodeSession', LIMIT_MS, bytes, name);
  });
}

/**
 * Goes on with the session that comes from somewhere; false, with a sentence and nothing changed, where it can't.
 *
 * @param sessionId what it is kept under, where it is kept
 */
export async function openFrom(
  commands: Commands,
  name: string,
  read: () => Promise<Session | undefined>,
  sessionId?: string,
): Promise<boolean> {
  try {
    const session = await read();
    if (session === undefined) throw new DataError(`${name} is no longer there.`);
    commands.resume(session, sessionId);
    return true;
  } catch (error) {
    const reason = error instanceof DataError ? error.message : `${name} could not be opened.`;
    commands.tell(`${reason} Nothing has changed.`);
    return false;
  }
}
