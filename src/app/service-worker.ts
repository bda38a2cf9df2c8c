/**
 * Keeps the files of one version of the page, all or none, and only as the build made them. A new version is kept
 * beside it and takes over when no page of the old one is open any more, so that files of two versions never meet.
 */

import { addPlugins, cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';

/** Put before this by the build; the browser itself refuses answers that have another digest. */
declare const PRECACHED: (PrecacheEntry & { readonly integrity: string })[];

const integrities = new Map(
  PRECACHED.map(({ url, integrity }) => [new URL(url, location.href).href, integrity]),
);

/** Browsers refuse these files under another type, however right their bytes are. */
const TYPES: Readonly<Record<string, RegExp>> = {
  html: /^text\/html\b/,
  js: /\bjavascript\b/,
  css: /^text\/css\b/,
  svg: /^image\/svg\+xml\b/,
};

/** Without the revision that Workbox adds. */
const addressOf = ({ url }: Request) => url.replace(/\?.*$/, '');

function hasRightType(address: string, response: Response): boolean {
  const type = TYPES[/\w+$/.exec(address)?.[0] ?? ''];
  return type === undefined || type.test(response.headers.get('Content-Type') ?? '');
}

async function hasRightBytes(address: string, response: Response): Promise<boolean> {
  const digest = await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer());
  return integrities.get(address) === `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

const EMBEDDER_POLICY = 'Cross-Origin-Embedder-Policy';

/**
 * An isolated page starts only workers whose answers say the same. Scripts that were kept before their host said so do not;
 * and a worker may always be stricter than its page.
 */
function strict(address: string, kept: Response): Response {
  if (!address.endsWith('.js') || kept.headers.has(EMBEDDER_POLICY)) return kept;
  const headers = new Headers(kept.headers);
  headers.set(EMBEDDER_POLICY, 'require-corp');
  return new Response(kept.body, { status: kept.status, statusText: kept.statusText, headers });
}

addPlugins([
  {
    // The browser's own cache may hold what a host once sent in a file's place.
    requestWillFetch: async ({ request }) => new Request(request, { cache: 'no-cache' }),
    cacheWillUpdate: async ({ request, response }) =>
      response.ok && hasRightType(addressOf(request), response) ? response : null,
    // What was kept wrong, or has been damaged since, is fetched and kept again.
    cachedResponseWillBeUsed: async ({ request, cachedResponse: kept }) => {
      if (kept === undefined) return null;
      const address = addressOf(request);
      const isRight = hasRightType(address, kept) && (await hasRightBytes(address, kept));
      return isRight ? strict(address, kept) : null;
    },
  },
]);
precacheAndRoute(PRECACHED, { ignoreURLParametersMatching: [/./], cleanURLs: false });
cleanupOutdatedCaches();
