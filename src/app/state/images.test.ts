import { expect, it } from 'vitest';
import { page } from './commands-in-tests.ts';
import { recordingAt, samples } from './in-tests.ts';
import { imagesShown } from './slices/images.ts';

it('the recorded images are fetched when they are first wanted, and once', async () => {
  const { commands, state, fetchRecordedImages } = page();
  commands.wantImages();
  expect(fetchRecordedImages).not.toHaveBeenCalled();
  const recording = recordingAt(0, 50);
  commands.takeRecording(recording);
  const pixels = new Uint8Array(recording.labels.length * 784);
  fetchRecordedImages.mockRejectedValueOnce(new Error('The file is missing.')).mockResolvedValue(pixels);
  commands.wantImages();
  await expect.poll(() => state().notices).toEqual(['The file is missing.']);
  expect(imagesShown(state())).toBeUndefined();
  commands.wantImages();
  commands.wantImages();
  await expect.poll(() => imagesShown(state())).toEqual({ pixels, side: 28 });
  expect(imagesShown(state())).toBe(imagesShown(state()));
  commands.wantImages();
  expect(fetchRecordedImages).toHaveBeenCalledTimes(2);
  expect(fetchRecordedImages).toHaveBeenLastCalledWith(recording);
});

it('live samples bring their images along', () => {
  const { commands, hear, state } = page();
  commands.start();
  const probe = samples();
  hear(probe);
  expect(imagesShown(state())?.pixels).toBe(probe.images);
});
