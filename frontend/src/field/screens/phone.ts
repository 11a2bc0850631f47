/** This phone: whose it is, its clock, its room, its language, and the end of its use. */
import { wrongBy } from "../clock";
import { signOut, type Person } from "../device";
import type { Screen } from "../main";
import { redraw } from "../moving";
import { countLeft, setting } from "../store";
import { sync } from "../sync";
import { language, length, moment, speak, t } from "../texts";
import { button, h, link, note, pairs, sheet } from "../ui";

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
      sheet(t("phone.leave"), h("p", { class: "soft" }, t("phone.leave.text")), ...(await leaving())),
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

/** With everything sent one touch; else first how much waits, and what may become of it. */
async function leaving(): Promise<HTMLElement[]> {
  const n = await countLeft();
  const erase = (asking: string) => async (): Promise<void> => {
    if (window.confirm(asking)) await signOut(false);
  };
  if (!n) return [button(t("phone.leave.do"), erase(t("phone.leave.sure")))];
  return [
    note("warning", t("phone.leave.left", { n })),
    link("#/unsent", t("phone.leave.send"), "btn btn-primary"),
    button(t("phone.leave.keep"), () => signOut(true)),
    button(t("phone.leave.do"), erase(t("phone.leave.unsent", { n }))),
  ];
}
