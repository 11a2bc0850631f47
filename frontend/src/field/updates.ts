/** The service worker: kept on the device, replaced only when the person says so. */
import { setUp } from "./status";

let waiting: ServiceWorker | null = null;

export async function startUpdates(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const found = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" });
  const look = (): void => {
    if (!found.waiting || !navigator.serviceWorker.controller) return;
    waiting = found.waiting;
    setUp({ newVersion: true });
  };
  look();
  found.addEventListener("updatefound", () => {
    found.installing?.addEventListener("statechange", look);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") found.update().catch(() => {});
  });
}

/** Everything typed lies in the database, so the page may be loaded anew. */
export function takeOver(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  waiting?.postMessage("take-over");
}
