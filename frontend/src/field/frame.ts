/** What stands around every screen: where one is, what is unsent, what is not right. */
import { takeOver } from "./updates";
import { statusNow } from "./status";
import { sync } from "./sync";
import { length, t } from "./texts";
import { button, h, link, note } from "./ui";

export function drawFrame(title: string, back: string): void {
  const head = document.querySelector("#head");
  if (!head) return;
  head.replaceChildren(
    back ? h("a", { class: "btn back", href: back, "aria-label": t("back") }, "‹") : "",
    h("h1", {}, title),
    badge(),
    back ? "" : link("#/phone", t("phone.short"), "btn"),
  );
}

export function drawStatus(): void {
  document.querySelector("#badge")?.replaceWith(badge());
  document.querySelector("#status")?.replaceChildren(...notes());
}

/** How much of what was done is only on this phone. */
function badge(): HTMLElement {
  const { unsent, stuck, sending, offline, signedOut } = statusNow();
  const tone = stuck ? "over" : unsent ? "soon" : "calm";
  const text = unsent ? t("badge.unsent", { n: unsent }) : offline ? t("badge.offline") : t("badge.sent");
  if (!unsent && signedOut) return h("span", { id: "badge", hidden: true });
  return h("a", { id: "badge", class: "tag badge", href: "#/unsent", "data-tone": tone, "aria-busy": sending ? "true" : undefined }, text);
}

function notes(): HTMLElement[] {
  const now = statusNow();
  const found: (HTMLElement | false)[] = [
    now.erased && note("error", h("strong", {}, t("erased.title")), h("p", {}, t("erased.text"))),
    now.full && note("error", h("strong", {}, t("full"))),
    now.otherPerson !== "" && note("error", t("other.person", { name: now.otherPerson }), h("p", {}, link("/accounts/logout/", t("other.sign_out")))),
    now.signedOut && now.otherPerson === "" && note("warning", t(now.unsent ? "signed_out.unsent" : "signed_out.text"), h("p", {}, link("/accounts/login/?next=/field/", t("sign_in"), "btn btn-primary"))),
    now.notAllowed && note("warning", t("not_allowed"), h("p", {}, link("/accounts/logout/", t("other.sign_out")))),
    now.clockWrongBy !== null && note("warning", clockText(now.clockWrongBy)),
    now.offline && note("", t("offline"), h("p", {}, button(t("try_again"), sync))),
    now.newVersion && note("", t("new_version"), h("p", {}, button(t("new_version.take"), takeOver))),
  ];
  return found.filter((one): one is HTMLElement => one !== false);
}

function clockText(wrongBy: number): string {
  return t(wrongBy > 0 ? "clock.fast" : "clock.slow", { by: length(wrongBy) });
}
