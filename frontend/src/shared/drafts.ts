/**
 * What is typed survives a reload, a switch of language, a lost session and a lost network: it is
 * kept for this tab until the form was taken. One-time keys and versions are never kept.
 *
 * A form says where its draft belongs (data-place), whether it shows what was refused (data-draft is
 * "bound") or is new ("fresh"), and what changes once it was taken (data-stamp).
 */
const ASIDE = new Set([
  "csrfmiddlewaretoken", "key", "newcomer_key", "customer_id", "plan_shown", "version", "seen_state",
]);
const SENT = "draft-sent";

type Draft = [name: string, value: string][];
type Sent = { place: string; stamp: string; key: string; from: string };

function keep(form: HTMLFormElement, place: string): void {
  const typed: Draft = [];
  for (const [name, value] of new FormData(form)) {
    if (!ASIDE.has(name) && typeof value === "string" && value) typed.push([name, value]);
  }
  try {
    sessionStorage.setItem(place, JSON.stringify(typed));
  } catch {
    // A full or forbidden storage only means that a reload loses the draft.
  }
}

function restore(form: HTMLFormElement, typed: Draft): void {
  for (const [name, value] of typed) {
    for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked ||= field.value === value;
      else field.value = value;
    }
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function arrival(): NavigationTimingType | undefined {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return visit?.type;
}

/**
 * The one-time key of words that were sent before: kept while no answer came, since they may have
 * been taken all the same, and brought back with the words when the browser goes back to their form.
 * Sending them again then repeats the answer instead of opening a second request.
 */
function recall(form: HTMLFormElement, place: string): void {
  const answered = arrival() === "back_forward" ? sessionStorage.getItem(`key:${place}`) : null;
  const key = sessionStorage.getItem(`unanswered:${place}`) ?? answered;
  const field = form.querySelector<HTMLInputElement>("[name='key']");
  if (key && field) field.value = key;
}

/** Whether this page is what the server answered to the form, and not where its sender went next. */
function answers(sent: Sent): boolean {
  return arrival() !== "back_forward" && document.referrer === sent.from;
}

/**
 * After a form was sent: it was taken when the answer is another page, or the same one with a new
 * stamp. The page of an error says that it was not; a lost network says nothing.
 */
function settle(form: HTMLFormElement | null): void {
  const noted = sessionStorage.getItem(SENT);
  if (!noted) return;
  const sent = JSON.parse(noted) as Sent;
  if (!answers(sent)) return;
  sessionStorage.removeItem(SENT);
  if (document.querySelector("[data-refused]")) return;
  const same = form?.dataset.place === sent.place;
  if (same && form?.dataset.draft === "bound") return;
  if (same && (form?.dataset.stamp ?? "") === sent.stamp) return;
  sessionStorage.removeItem(sent.place);
  sessionStorage.removeItem(`unanswered:${sent.place}`);
  sessionStorage.setItem(`key:${sent.place}`, sent.key);
}

export function startDrafts(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-draft]");
  settle(form);
  const place = form?.dataset.place;
  if (!form || !place) return;
  if (form.dataset.draft === "fresh") {
    const typed = sessionStorage.getItem(place);
    if (typed) restore(form, JSON.parse(typed) as Draft);
    // A form with a stamp is guarded by its version; its page is often come back to for another step.
    if (form.dataset.stamp === undefined) recall(form, place);
  }
  form.addEventListener("input", () => keep(form, place));
  form.addEventListener("change", () => keep(form, place));
  form.addEventListener("submit", () => {
    const key = form.querySelector<HTMLInputElement>("[name='key']")?.value ?? "";
    const from = location.href.replace(/#.*/, "");
    const sent: Sent = { place, stamp: form.dataset.stamp ?? "", key, from };
    sessionStorage.setItem(SENT, JSON.stringify(sent));
    sessionStorage.setItem(`unanswered:${place}`, key);
  });
}
