import { defineConfig } from 'playwright/test';
import { CHROMIUM_FLAGS, findChromium } from './scripts/lib/chromium.ts';

/** Another one where two checkouts are tested side by side. */
const PORT = Number(process.env.E2E_PORT ?? 4179);
const executablePath = await findChromium();

/** Those that break things, or compute on a GPU that the processor plays: long, and of `npm run test:faults`. */
const FAULTS = ['faults/**/*.test.ts', 'backends.test.ts', 'webgl.test.ts'].map((file) => `**/e2e/${file}`);

export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'page', testIgnore: FAULTS },
    { name: 'faults', testMatch: FAULTS },
  ],
  // One after the other: each trains, and the machine may have two cores.
  workers: 1,
  // On a shared machine a browser may stall for seconds; what passes at the second try is named at the end.
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  use: {
    baseURL: `http://localhost:${PORT}/`,
    viewport: { width: 1440, height: 900 },
    // Else every test would wait for the recording to play while the lab starts; one looks at that.
    contextOptions: { reducedMotion: 'reduce' },
    // Tests change what the network answers; those of the service worker let it in.
    serviceWorkers: 'block',
    launchOptions: {
      // Where no language is set, Chromium saves no file under a name in other letters.
      env: { ...process.env, LC_ALL: 'C.UTF-8' } as Record<string, string>,
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...CHROMIUM_FLAGS, '--disable-background-networking', '--disable-component-update'],
    },
  },
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
  },
});
