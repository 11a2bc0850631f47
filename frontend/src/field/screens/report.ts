/** What was found and done. */
import type { Screen } from "../main";
import { done } from "../moving";
import { lastOf } from "../rules";
import { both, t } from "../texts";
import { areaField, choiceField, h, keptForm, sheet, textField, Wrong, type Typed } from "../ui";
import { load } from "./loading";

const TRIED = ["repair_failed", "not_replaceable"];

export async function reportScreen(id: string): Promise<Screen | null> {
  const found = await load(id);
  if (!found) return null;
  const key = `${id}/report`;
  const order = found.job.work_order;
  const before = { ...order, tried: "", ...lastOf(found.operations, "report")?.body } as Record<string, unknown>;
  const was = (name: string): string => String(before[name] ?? "");
  const results = order.results.map((one): [string, string] => [one.code, both(one.title)]);
  const reason = areaField("result_reason", t("report.reason"), { value: was("result_reason"), needed: true });
  const tried = choiceField("tried", t("report.tried"), TRIED.map((code) => [code, t(`report.tried.${code}`)]), { value: [was("tried")] });
  const fields = [
    areaField("findings", t("report.findings"), { value: was("findings") }),
    areaField("work_done", t("report.work_done"), { value: was("work_done"), needed: true }),
    choiceField("result", t("report.result"), results, { needed: true, value: [was("result")] }),
    reason,
    tried,
    areaField("parts_used", t("report.parts"), { value: was("parts_used"), hint: t("report.parts.hint") }),
    textField("persons", t("report.persons"), { value: was("persons") || "1", inputmode: "numeric", needed: true }),
    areaField("remarks", t("report.remarks"), { value: was("remarks") }),
  ];
  const save = (typed: Typed): Promise<void> => done({ job: id, kind: "report", body: body(typed), draft: key }, found.home);
  const form = await keptForm(key, fields, save);
  const choose = (): void => {
    const chosen = order.results.find((one) => one.code === new FormData(form).get("result"));
    show(reason, Boolean(chosen?.asks_why));
    show(tried, Boolean(chosen && !chosen.is_done));
  };
  form.addEventListener("change", choose);
  choose();
  return { title: t("report.title"), back: found.home, content: [sheet("", h("p", { class: "soft" }, t("report.lead")), form)], still: true };
}

function show(part: HTMLElement, is: boolean): void {
  part.hidden = !is;
  for (const field of part.querySelectorAll<HTMLInputElement>("input, textarea")) field.disabled = !is;
}

function body(typed: Typed): Record<string, unknown> {
  const persons = Number(typed.text("persons"));
  if (!Number.isInteger(persons) || persons < 1 || persons > 99) throw new Wrong(t("report.persons.wrong"));
  const texts = ["work_done", "result", "findings", "parts_used", "result_reason", "remarks", "tried"];
  const given = texts.map((name) => [name, typed.text(name)] as const).filter(([name, value]) => value || name === "work_done");
  if (!typed.text("work_done")) throw new Wrong(t("report.work_done.missing"));
  return { ...Object.fromEntries(given), persons };
}
