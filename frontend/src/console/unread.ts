/** The number of unread notices beside the bell: asked for twice a minute, never on a hidden page. */
const EVERY = 30_000;

function show(text: string): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-unread]")) {
    if (element.textContent !== text) element.textContent = text;
    element.hidden = text === "0";
  }
}

export function startUnread(): void {
  const url = document.querySelector<HTMLElement>("[data-unread]")?.dataset.unread;
  if (!url) return;
  window.setInterval(() => {
    if (document.hidden) return;
    void fetch(url, { headers: { Accept: "text/plain" }, redirect: "manual" })
      .then(async (answer) => {
        if (answer.ok) show(await answer.text());
      })
      .catch(() => undefined); // Offline: the next turn asks again.
  }, EVERY);
}
