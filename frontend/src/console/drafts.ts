/**
 * What is typed survives a reload, a switch of language and a wrong click: it is kept for this tab
 * until the form was sent. Chosen ids are in the address; one-time keys are never kept.
 */
const ASIDE = new Set(["csrfmiddlewaretoken", "key", "newcomer_key", "customer_id", "plan_shown"]);
const SENT = "draft-sent";

type Draft = [name: string, value: string][];

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
      else field.value = value;
    }
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * Back from the saved page to its form: the browser brings the words back, we bring back the key, so
 * that sending them again repeats the answer instead of opening a second request.
 */
function recall(form: HTMLFormElement, place: string): void {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const key = sessionStorage.getItem(`key:${place}`);
  const field = form.querySelector<HTMLInputElement>("[name='key']");
  if (visit?.type === "back_forward" && key && field) field.value = key;
}

export function startDrafts(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-draft]");
  const sentFrom = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  // It was sent, and what came back is not the form with its mistakes: it is saved.
  if (sentFrom && form?.dataset.draft !== "bound") sessionStorage.removeItem(sentFrom);
  if (!form) return;
  const place = `draft:${location.pathname}`;
  const typed = sessionStorage.getItem(place);
  if (typed && form.dataset.draft === "fresh") restore(form, JSON.parse(typed) as Draft);
  form.addEventListener("input", () => keep(form, place));
  form.addEventListener("change", () => keep(form, place));
  if (form.dataset.draft === "fresh") recall(form, place);
  form.addEventListener("submit", () => {
    sessionStorage.setItem(SENT, place);
    sessionStorage.setItem(`key:${place}`, form.querySelector<HTMLInputElement>("[name='key']")?.value ?? "");
  });
}
