/**
 * A request that is looked at keeps up: a cheap counter is asked for every few seconds, and the page
 * only when it changed. A hidden page asks nothing; one that lost its sign-in says so.
 */
const EVERY = 5000;

async function text(url: string): Promise<{ ok: boolean; body: string } | undefined> {
  try {
    const answer = await fetch(url, { redirect: "manual" });
    return { ok: answer.ok, body: await answer.text() };
  } catch {
    return undefined; // Offline: the next turn asks again.
  }
}

export function startWatch(): void {
  const shown = document.querySelector<HTMLElement>("[data-watch]");
  if (!shown) return;
  const ask = async (): Promise<void> => {
    if (!document.hidden) await look(shown.dataset.watch ?? "");
    window.setTimeout(() => void ask(), EVERY);
  };
  window.setTimeout(() => void ask(), EVERY);
}

async function look(url: string): Promise<void> {
  const shown = document.getElementById("live");
  const version = await text(url);
  if (!shown || !version) return;
  if (!version.ok) return window.location.reload();
  if (version.body === shown.dataset.version) return;
  const page = await text(window.location.href);
  if (!page?.ok) return;
  const fresh = new DOMParser().parseFromString(page.body, "text/html").getElementById("live");
  if (fresh) shown.replaceWith(document.importNode(fresh, true));
}
