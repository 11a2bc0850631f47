/** Keyboard of the intake screen: arrows walk through the candidates, Enter picks, Escape closes. */
import { whenPresent } from "../shared/dom";

function move(list: HTMLElement, step: number): void {
  const options = [...list.querySelectorAll<HTMLElement>("[data-candidate]")];
  if (options.length === 0) return;
  const at = options.indexOf(document.activeElement as HTMLElement);
  options[(at + step + options.length) % options.length]?.focus();
}

/** Whether the candidates shown are those for what stands in the search now. */
function answers(list: HTMLElement, input: HTMLInputElement): boolean {
  return list.querySelector<HTMLElement>("[data-typed]")?.dataset.typed === input.value.trim();
}

function pick(list: HTMLElement): void {
  const options = list.querySelectorAll<HTMLElement>("[data-candidate]");
  if (options.length === 1) options[0]?.click();
  else options[0]?.focus();
}

function nextField(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#newcomer #id_company") ?? document.getElementById("id_symptom");
}

/**
 * The caller speaks while the page loads: the first thing to type has the focus before the browser
 * gets round to `autofocus`, and what was typed before htmx listened is searched all the same.
 */
function catchUp(input: HTMLInputElement, list: HTMLElement): void {
  if (document.activeElement === document.body) (input.autofocus ? input : nextField())?.focus();
  input.addEventListener("htmx:after:init", () => {
    const waiting = input.value.trim() !== "" && list.childElementCount === 0;
    if (waiting && document.activeElement === input) input.dispatchEvent(new Event("search"));
  });
}

export function startIntake(): void {
  whenPresent<HTMLInputElement>("[data-finder]", (input) => {
    const list = document.getElementById(input.dataset.finder ?? "");
    if (!list) return;
    catchUp(input, list);
    // Enter came before the answer to what was typed: it counts once that answer is there.
    let entered = false;
    input.addEventListener("htmx:after:swap", () => {
      if (!entered || !answers(list, input)) return;
      entered = false;
      pick(list);
    });
    const keys = (event: KeyboardEvent): void => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (document.activeElement === input) {
          const options = list.querySelectorAll<HTMLElement>("[data-candidate]");
          options[event.key === "ArrowDown" ? 0 : options.length - 1]?.focus();
        } else move(list, event.key === "ArrowDown" ? 1 : -1);
      }
      // Enter in the search must not save the form: it picks the only candidate or goes to the first.
      if (event.key === "Enter" && event.target === input) {
        event.preventDefault();
        entered = !answers(list, input);
        if (entered) input.dispatchEvent(new Event("search"));
        else pick(list);
      }
      if (event.key === "Escape") {
        list.replaceChildren();
        input.focus();
      }
    };
    input.addEventListener("keydown", keys);
    list.addEventListener("keydown", keys);
    // Somebody is chosen: the list has done its work, and the next thing to type has the focus. What
    // follows came with him; an answer still on its way was asked for somebody else.
    document.getElementById("who")?.addEventListener("htmx:after:settle", () => {
      document.getElementById("follows")?.dispatchEvent(new Event("htmx:abort"));
      list.replaceChildren();
      nextField()?.focus();
    });
  });
}
