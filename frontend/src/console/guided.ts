/** Guided questions: an answer chooses level and category, unless somebody chose others by hand. */
import { whenPresent } from "../shared/dom";

const BY_HAND = "byHand";

/** The worst level among those the checked answers speak for: levels stand worst first. */
function chooseLevel(form: HTMLElement, wanted: Set<string>): void {
  const levels = [...form.querySelectorAll<HTMLInputElement>("input[name='level']")];
  const worst = levels.find((one) => wanted.has(one.value));
  if (worst && form.dataset[`${BY_HAND}Level`] === undefined) worst.checked = true;
}

function chooseCategory(form: HTMLElement, wanted: string | undefined): void {
  const list = form.querySelector<HTMLSelectElement>("select[name='category']");
  if (list && wanted && form.dataset[`${BY_HAND}Category`] === undefined) list.value = wanted;
}

function follow(form: HTMLElement): void {
  const checked = [...form.querySelectorAll<HTMLElement>("[data-guides]:checked")];
  chooseLevel(form, new Set(checked.flatMap((one) => one.dataset.level || [])));
  chooseCategory(form, checked.map((one) => one.dataset.category).find(Boolean));
}

export function startGuided(): void {
  whenPresent<HTMLElement>("#intake", (form) => {
    form.addEventListener("change", (event) => {
      const field = event.target as HTMLInputElement;
      if (field.matches("[data-guides]")) follow(form);
      else if (field.name === "level") form.dataset[`${BY_HAND}Level`] = "";
      else if (field.name === "category") form.dataset[`${BY_HAND}Category`] = "";
    });
    // Another caller begins anew.
    document.getElementById("who")?.addEventListener("htmx:after:settle", () => {
      delete form.dataset[`${BY_HAND}Level`];
      delete form.dataset[`${BY_HAND}Category`];
    });
  });
}
