/** This phone: whose it is, its clock, its room, its language, and the end of its use. */
import { wrongBy } from "../clock";
import { signOut, type Person } from "../device";
import type { Screen } from "../main";
import { redraw } from "../moving";
import { countUnsent, setting } from "../store";
import { sync } from "../sync";
import { language, length, moment, speak, t } from "../texts";
import { button, h, link, pairs, sheet } from "../ui";

const MEGABYTE = 1_000_000;

export async function phoneScreen(): Promise<Screen> {
  const person = await setting<Person>("person");
  const fetched = await setting<number>("fetched_at");
  const wrong = await wrongBy();
  const room = await navigator.storage?.estimate?.().catch(() => undefined);
  const used = Math.ceil((room?.usage ?? 0) / MEGABYTE);
  return {
    title: t("phone.title"),
    back: "#/",
    content: [
      sheet(
        "",
        pairs([
          [t("phone.person"), person?.name ?? t("phone.nobody")],
          [t("phone.fetched"), fetched === undefined ? "—" : moment(fetched)],
          [t("phone.clock"), wrong === null ? t("phone.clock.right") : t(wrong > 0 ? "clock.fast" : "clock.slow", { by: length(wrong) })],
          [t("phone.room"), room?.quota ? t("phone.room.of", { used, all: Math.floor(room.quota / MEGABYTE) }) : "—"],
        ]),
        button(t("phone.fetch"), sync),
      ),
      sheet(t("phone.language"), h("div", { class: "row-line" }, tongue("zh", "简体中文"), tongue("en", "English"))),
      sheet("", h("p", {}, link("/field/devices/", t("phone.devices"))), h("p", {}, link("/", t("phone.console")))),
      sheet(t("phone.leave"), h("p", { class: "soft" }, t("phone.leave.text")), button(t("phone.leave.do"), leave)),
    ],
  };
}

function tongue(code: "zh" | "en", name: string): HTMLElement {
  const choose = async (): Promise<void> => {
    await speak(code);
    redraw();
  };
  const chosen = button(name, choose, language() === code ? "btn btn-primary" : "btn");
  chosen.lang = code === "zh" ? "zh-Hans" : "en";
  chosen.setAttribute("aria-pressed", String(language() === code));
  return chosen;
}

async function leave(): Promise<void> {
  const unsent = await countUnsent();
  const sure = unsent ? t("phone.leave.unsent", { n: unsent }) : t("phone.leave.sure");
  if (window.confirm(sure)) await signOut();
}
