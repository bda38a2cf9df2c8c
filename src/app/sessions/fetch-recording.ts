/** The recorded run that ships with the page, and what belongs to it. */

import { DataError } from '../../data/errors.ts';
import { collect } from '../../data/streams.ts';
import { decodeRecordedImages } from '../../timeline/recorded-images.ts';
import { decodeRecordedNetworks } from '../../timeline/recorded-networks.ts';
import { decodeRecording, type Recording } from '../../timeline/recording.ts';
import { NETWORK_NAMES, parameterCountOf } from '../../training/link/protocol.ts';

/** As served. `npm run record` makes no larger one. */
const LARGEST_BYTES = 4 * 2 ** 20;

/** @throws DataError with a sentence */
export async function fetchRecording(): Promise<Recording> {
  return decodeRecording(await fetched('recording.mll', 'The recorded run'));
}

/** The same three with two digits that training never saw. @throws DataError with a sentence */
export async function fetchUnseenRecording(): Promise<Recording> {
  return decodeRecording(await fetched('recording-unseen.mll', 'The recorded run of unseen digits'));
}

/** [count × side²] bytes. @throws DataError with a sentence */
export async function fetchRecordedImages(recording: Recording): Promise<Uint8Array> {
  const bytes = await fetched('recording-images.mll', 'The file of the recorded images');
  return decodeRecordedImages(bytes, recording);
}

/** θ of every recorded run. @throws DataError with a sentence */
export async function fetchRecordedNetworks({
  data,
  origin,
  runs,
}: Recording): Promise<readonly Float32Array[]> {
  const bytes = await fetched('recording-networks.mll', 'The file of the recorded networks');
  const network = NETWORK_NAMES.find((name) => name === origin.network) ?? 'compact';
  return decodeRecordedNetworks(bytes, {
    runs: runs.length,
    parameterCount: parameterCountOf({ data, network }),
  });
}

async function fetched(file: string, name: string): Promise<Uint8Array> {
  const failed = () => new DataError(`${name} could not be loaded.`);
  const response = await fetch(new URL(file, document.baseURI)).catch(() => {
    throw failed();
  });
  if (!response.ok) throw failed();
  return collect(response.body, { name, ceiling: LARGEST_BYTES });
}
