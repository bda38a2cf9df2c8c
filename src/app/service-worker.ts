/**
 * Keeps the files of one version of the page, all or none. A new version is kept beside it and takes over when
 * no page of the old one is open any more, so that files of two versions never meet.
 */

import { cleanupOutdatedCaches, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';

/** Put before this by the build. */
declare const PRECACHED: PrecacheEntry[];

precacheAndRoute(PRECACHED, { ignoreURLParametersMatching: [/./], cleanURLs: false });
cleanupOutdatedCaches();
