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
      if (event.key === "Escape") {
        list.replaceChildren();
        input.focus();
      }
    };
    input.addEventListener("keydown", keys);
    list.addEventListener("keydown", keys);
  });
}
