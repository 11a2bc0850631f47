/**
 * What follows from the choices of a form: its parts are asked for anew when a choice changes. Only the
 * choices are sent, never what is typed. A part whose stamp stays the same is left alone, so that the
 * level chosen keeps its mark and its focus.
 */
const CHOICES = ["asset_id", "site_id", "level"];
const DELAY = 120;

/** Puts the parts of an answer in the places of those shown. */
export function replaceParts(markup: string): void {
  const answer = new DOMParser().parseFromString(markup, "text/html");
  for (const fresh of answer.querySelectorAll<HTMLElement>("[data-part]")) {
    const shown = document.getElementById(fresh.id);
    if (!shown || (fresh.dataset.stamp !== undefined && fresh.dataset.stamp === shown.dataset.stamp)) continue;
    shown.replaceWith(document.importNode(fresh, true));
  }
}

/** A device named in words only matters while none of the list is chosen. */
function showDevice(form: HTMLFormElement): void {
  const chosen = form.querySelector<HTMLSelectElement>("[name='asset_id']")?.value ?? "";
  const field = document.getElementById("field-device");
  if (field) field.hidden = chosen !== "";
}

export function startFollows(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-follows]");
  if (!form) return;
  let waiting = 0;
  let asked: AbortController | undefined;
  const ask = async (): Promise<void> => {
    asked?.abort();
    asked = new AbortController();
    const typed = new FormData(form);
    const query = new URLSearchParams(CHOICES.map((name) => [name, String(typed.get(name) ?? "")]));
    try {
      const answer = await fetch(`${form.dataset.follows}?${query}`, { signal: asked.signal, redirect: "manual" });
      if (answer.ok) replaceParts(await answer.text());
    } catch {
      // Overtaken by the next choice, or offline: the report can be sent all the same.
    }
  };
  form.addEventListener("change", (event) => {
    showDevice(form);
    const { name } = event.target as HTMLInputElement;
    if (name && !CHOICES.includes(name)) return;
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void ask(), DELAY);
  });
  showDevice(form);
}
