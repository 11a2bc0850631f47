/** What is missing on site, and a further visit. */
import type { Screen } from "../main";
import { done } from "../moving";
import { t, words } from "../texts";
import { areaField, choiceField, h, keptForm, sheet, textField, type Typed } from "../ui";
import { load } from "./loading";

export async function needScreen(id: string): Promise<Screen | null> {
  const found = await load(id);
  if (!found) return null;
  const key = `${id}/need`;
  const fields = [
    choiceField("what", t("need.what"), Object.entries(words().needs), { needed: true }),
    areaField("text", t("need.text"), { needed: true, hint: t("need.text.hint") }),
  ];
  const save = (typed: Typed): Promise<void> =>
    done({ job: id, kind: "need", body: { what: typed.text("what"), text: typed.text("text") }, draft: key }, found.home);
  const form = await keptForm(key, fields, save);
  return { title: t("need.title"), back: found.home, content: [sheet("", h("p", { class: "soft" }, t("need.lead")), form)], still: true };
}

export async function nextVisitScreen(id: string): Promise<Screen | null> {
  const found = await load(id);
  if (!found) return null;
  const key = `${id}/next`;
  const fields = [
    textField("on", t("next.on"), { type: "date", needed: true }),
    areaField("note", t("next.note"), { needed: true }),
  ];
  const save = (typed: Typed): Promise<void> =>
    done({ job: id, kind: "next", body: { on: typed.text("on"), note: typed.text("note") }, draft: key }, found.home);
  const form = await keptForm(key, fields, save);
  return { title: t("next.title"), back: found.home, content: [sheet("", h("p", { class: "soft" }, t("next.lead")), form)], still: true };
}
