/** The recorded run that ships with the page. */

import { DataError } from '../../data/errors.ts';
import { collect } from '../../data/streams.ts';
import { decodeRecording, type Recording } from '../../timeline/recording.ts';

/** As served. `npm run record` makes no larger one. */
const LARGEST_BYTES = 4 * 2 ** 20;

/** @throws DataError with a sentence */
export async function fetchRecording(url: string): Promise<Recording> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new DataError('The recorded run could not be loaded.');
  }
  if (!response.ok) throw new DataError('The recorded run could not be loaded.');
  return decodeRecording(await collect(response.body, { name: 'The recorded run', ceiling: LARGEST_BYTES }));
}
