/** Time left of the promises on screen, by the server's clock as far as the device knows it. */
import { span, tone } from "../shared/clock";
import { whileKept } from "./status";
import { setting } from "./store";
import { t } from "./texts";
import { h } from "./ui";

/** A quarter of this before the end it turns amber. */
const WHOLE_SECONDS = 4 * 3600;

export function timeLeft(dueAt: string): HTMLElement {
  return h("span", { class: "tag figures", "data-left": dueAt });
}

export function tick(): void {
  if (!document.querySelector("[data-left]")) return;
  void whileKept(() => setting<number>("offset_ms")).then((offset) => {
    for (const one of document.querySelectorAll<HTMLElement>("[data-left]")) {
      const seconds = (Date.parse(one.dataset.left ?? "") - Date.now() - (offset ?? 0)) / 1000;
      const text = `${t(seconds < 0 ? "over_by" : "left")} ${span(seconds, t("day"))}`;
      if (one.textContent !== text) one.textContent = text;
      one.dataset.tone = tone(seconds, WHOLE_SECONDS);
    }
  });
}
