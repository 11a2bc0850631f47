/**
 * Live pages: ask a cheap version counter every two seconds and refresh the fragment only when it
 * changed. A hidden page asks nothing. Fields being typed in are never replaced (hx-morph-skip).
 */
import { whenPresent } from "../shared/dom";

const EVERY = 2000;

async function version(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { headers: { Accept: "text/plain" }, redirect: "manual" });
    return answer.ok ? await answer.text() : undefined;
  } catch {
    return undefined; // Offline: the next turn asks again.
  }
}

export function startLive(): void {
  whenPresent<HTMLElement>("[data-live]", (element) => {
    const url = element.dataset.live ?? "";
    let known = element.dataset.version ?? "";
    const ask = async (): Promise<void> => {
      if (!element.isConnected) return;
      if (!document.hidden) {
        const seen = await version(url);
        if (seen !== undefined && seen !== known) {
          known = seen;
          element.dispatchEvent(new CustomEvent("changed", { bubbles: true }));
        }
      }
      window.setTimeout(() => void ask(), EVERY);
    };
    window.setTimeout(() => void ask(), EVERY);
  });
}
