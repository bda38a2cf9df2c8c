/** What the page asks of a worker, over fake workers and through the door; e2e has real ones. */

import { expect, it } from 'vitest';
import { presetNamed } from '../../losses/presets.ts';
import { experimentOf } from '../in-tests.ts';
import { LabClient } from './client.ts';
import { parseMessage } from './messages.ts';
import { type ForcesRequest, isEnvelope, type Message, type Told } from './protocol.ts';

const experiment = experimentOf([{ title: 'a', objective: presetNamed('M').objective }]);
const request: ForcesRequest = {
  kind: 'forces',
  objective: presetNamed('M').objective,
  places: Float32Array.of(1, 2),
  labels: Uint8Array.of(3),
  centres: new Float32Array(20),
  agents: undefined,
  heldOut: [],
  others: { features: new Float32Array(0), labels: new Uint8Array(0) },
  isDetailed: false,
};
const answer = { kind: 'forces', terms: [] } as const;

class FakeWorker extends EventTarget {
  readonly told: Message[] = [];
  postMessage(message: Message): void {
    this.told.push(message);
  }
  terminate(): void {}
  says(event: Told): void {
    this.dispatchEvent(new MessageEvent('message', { data: event }));
  }
  get asked(): number[] {
    return this.told
      .filter(isEnvelope)
      .flatMap(({ command }) => (command.type === 'ask' ? [command.question] : []));
  }
}

function opened() {
  const workers: FakeWorker[] = [];
  const client = new LabClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  const heard: string[] = [];
  client.subscribe(({ type }) => heard.push(type));
  client.send({ type: 'open', experiment, dataUrl: 'http://localhost/data/', fetchNow: true });
  const newest = () => workers.at(-1) as FakeWorker;
  return { client, newest, heard };
}

it('each answer goes to who asked, and to nobody else', async () => {
  const { client, newest, heard } = opened();
  const [first, second] = [client.request(request), client.request(request)];
  const [one = 0, two = 0] = newest().asked;
  newest().says({ type: 'answer', question: two, answer });
  expect(await second).toBe(answer);
  newest().says({ type: 'answer', question: one, answer: 'That could not be computed.' });
  await expect(first).rejects.toThrow('That could not be computed.');
  expect(heard).toEqual([]);
  client.dispose();
});

it('a worker that takes over is asked again', async () => {
  const { client, newest } = opened();
  const asked = client.request(request);
  newest().says({ type: 'failed', sentence: 'It failed.' });
  const [again = 0] = newest().asked;
  newest().says({ type: 'answer', question: again, answer });
  expect(await asked).toBe(answer);
  client.dispose();
});

it('is refused in a sentence where nobody can answer', async () => {
  const { client } = opened();
  const asked = client.request(request);
  client.dispose();
  await expect(asked).rejects.toThrow('Another session has been opened.');
  await expect(client.request(request)).rejects.toThrow('Nothing computes here now.');
});

it('passes the door only within bounds', () => {
  const message = (asked: object) => ({ id: 1, command: { type: 'ask', question: 1, request: asked } });
  expect(parseMessage(message(request))).toEqual(message(request));
  const images = new Uint8Array(784);
  const features = { kind: 'features', data: 'mnist', images };
  expect(parseMessage(message(features))).toEqual(message(features));
  for (const wrong of [
    { ...request, places: Float32Array.of(1) },
    { ...request, labels: Uint8Array.of(12) },
    { ...request, agents: new Float32Array(4) },
    { ...request, places: new Float32Array(10_000), labels: new Uint8Array(5000) },
    { ...request, objective: {} },
    { ...features, data: 'faces' },
    { ...features, images: new Uint8Array(0) },
    { ...features, networks: { name: 'compact', parameters: [] } },
    { kind: 'secrets' },
  ])
    expect(() => parseMessage(message(wrong))).toThrow(/^The training worker was asked/);
});
