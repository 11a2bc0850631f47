/**
 * Keeps the app on the device: its page, script, style and texts, so that it starts without network.
 * It never keeps an answer with somebody's data, and it never takes over while the app is in use:
 * the app asks first.
 */
import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

/** What a worker has and the pages' types do not know. */
declare const self: EventTarget & { kept: PrecacheEntry[]; skipWaiting: () => Promise<void> };

const SHELL = "/field/";

/** What is kept is the same for every language and person, so nothing about the asker may hide it. */
function withoutVary(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.delete("Vary");
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

addPlugins([{ cacheWillUpdate: async ({ response }) => (response.ok ? withoutVary(response) : null) }]);
cleanupOutdatedCaches();
precacheAndRoute(self.kept, { ignoreURLParametersMatching: [/.*/] });
// Only the app's own page: the list of devices and whatever comes later are the server's.
registerRoute(new NavigationRoute(createHandlerBoundToURL(SHELL), { allowlist: [/^\/field\/(\?.*)?$/] }));

self.addEventListener("message", (event) => {
  if ((event as MessageEvent).data === "take-over") void self.skipWaiting();
});
