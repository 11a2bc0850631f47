/** Keyboard of the intake screen: arrows walk through the candidates, Enter picks, Escape closes. */
import { whenPresent } from "./dom";

function move(list: HTMLElement, step: number): void {
  const options = [...list.querySelectorAll<HTMLElement>("[data-candidate]")];
  if (options.length === 0) return;
  const at = options.indexOf(document.activeElement as HTMLElement);
  options[(at + step + options.length) % options.length]?.focus();
}

export function startIntake(): void {
  whenPresent<HTMLInputElement>("[data-finder]", (input) => {
    const list = document.getElementById(input.dataset.finder ?? "");
    if (!list) return;
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
        const options = list.querySelectorAll<HTMLElement>("[data-candidate]");
        if (options.length === 1) options[0]?.click();
        else options[0]?.focus();
      }
      if (event.key === "Escape") {
        list.replaceChildren();
        input.focus();
      }
    };
    input.addEventListener("keydown", keys);
    list.addEventListener("keydown", keys);
    // Picked: the list has done its work, and the next thing to type is the symptom or the name.
    list.addEventListener("click", (event) => {
      if (!(event.target as Element).closest("[data-candidate]")) return;
      document.addEventListener(
        "htmx:after:settle",
        () => {
          list.replaceChildren();
          const next = document.querySelector("#newcomer #id_company") ?? document.getElementById("id_symptom");
          (next as HTMLElement | null)?.focus();
        },
        { once: true },
      );
    });
  });
}
