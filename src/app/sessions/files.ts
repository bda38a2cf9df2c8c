/** Sessions as files: save what is here, open what was saved. */

import { DataError } from '../../data/errors.ts';
import { fileName, save } from '../panel/exports.ts';
import type { Commands } from '../state/commands.ts';
import { decodeSession, encodeSession, LARGEST_SESSION } from './session-file.ts';

export const SESSION_EXTENSION = 'mll';

/** Saves the session; where it can't be saved, the page shows a sentence that says why. */
export async function saveSession(commands: Commands): Promise<void> {
  try {
    const session = await commands.session();
    const bytes = await encodeSession(session);
    const name = fileName(['margin loss lab step', String(session.checkpoint.step)], SESSION_EXTENSION);
    save(name, new Blob([bytes as BlobPart], { type: 'application/octet-stream' }));
  } catch (error) {
    commands.tell(error instanceof Error ? error.message : 'The session could not be saved.');
  }
}

/** Goes on with the session in a file. Where it can't be read, a sentence says so and nothing changes. */
export async function openSession(commands: Commands, file: File): Promise<void> {
  const name = `The file ${file.name.slice(0, 60)}`;
  try {
    if (file.size > LARGEST_SESSION) throw new DataError(`${name} is too large to be a session.`);
    await openBytes(commands, new Uint8Array(await file.arrayBuffer()), name);
  } catch (error) {
    commands.tell(error instanceof DataError ? error.message : `${name} could not be read.`);
  }
}

/** The same of bytes; true where the lab goes on with them. */
export async function openBytes(commands: Commands, bytes: Uint8Array, name: string): Promise<boolean> {
  try {
    commands.resume(await decodeSession(bytes, name));
    return true;
  } catch (error) {
    commands.tell(error instanceof DataError ? error.message : `${name} could not be read.`);
    return false;
  }
}
