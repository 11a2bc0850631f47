/** The customer reads what was done, says what he thinks of it, and signs. */
import { setPad } from "../../shared/signature";
import type { Screen } from "../main";
import { done } from "../moving";
import { isStuck, lastOf, may, openChecklists } from "../rules";
import { both, t, words } from "../texts";
import type { Strokes } from "../types";
import { areaField, choiceField, h, keptForm, link, note, padField, pairs, sheet, textField, Wrong, type Typed } from "../ui";
import { load, type Loaded } from "./loading";

export async function signScreen(id: string): Promise<Screen | null> {
  const found = await load(id);
  if (!found) return null;
  const first = notYet(found);
  if (first) return { title: words().steps.signed ?? "", back: found.home, content: [first] };
  const key = `${id}/sign`;
  const order = found.job.work_order;
  const reported = { ...order, ...lastOf(found.operations, "report")?.body };
  const result = order.results.find((one) => one.code === reported.result);
  const read = sheet(
    t("sign.read"),
    pairs([
      [t("sign.customer"), order.customer_name],
      [t("report.findings"), reported.findings],
      [t("report.work_done"), reported.work_done],
      [t("report.result"), result ? both(result.title) : reported.result],
      [t("report.reason"), reported.result_reason],
      [t("report.parts"), reported.parts_used],
      [t("report.remarks"), reported.remarks],
    ]),
  );
  const reasons = choiceField("dissatisfied_with", t("sign.dissatisfied_with"), Object.entries(words().dissatisfactions), { several: true });
  const fields = [
    choiceField("works", t("sign.works"), [["yes", t("sign.works.yes")], ["no", t("sign.works.no")]]),
    choiceField("accessories", t("sign.accessories"), Object.entries(words().accessories)),
    choiceField("satisfaction", t("sign.satisfaction"), Object.entries(words().satisfactions)),
    reasons,
    areaField("suggestions", t("sign.suggestions")),
    textField("signer_name", t("sign.name"), { needed: true, value: order.contact_name }),
    padField(),
  ];
  // One that was not taken was given for something else: this one takes its place.
  const instead = found.operations.filter((one) => one.kind === "sign" && isStuck(one));
  const save = (typed: Typed): Promise<void> => done({ job: id, kind: "sign", body: body(typed), draft: key, instead }, found.home);
  const form = await keptForm(key, fields, save, t("sign.save"));
  const choose = (): void => {
    reasons.hidden = !["fair", "dissatisfied"].includes(String(new FormData(form).get("satisfaction") ?? ""));
  };
  form.addEventListener("change", choose);
  choose();
  const frame = form.querySelector<HTMLElement>("[data-signature]");
  if (frame) setPad(frame);
  return { title: words().steps.signed ?? "", back: found.home, content: [read, sheet("", form)], still: true };
}

/** What has to be done before the customer signs: the server takes no signature before it. */
function notYet(found: Loaded): HTMLElement | null {
  if (!may(found.state, "signed")) return note("warning", t("sign.report_first"));
  return unfinished(found);
}

/** The checklists that are still open, with the way to them; null when none is. */
export function unfinished({ job, operations, home }: Loaded): HTMLElement | null {
  const open = openChecklists(job, operations);
  if (!open.length) return null;
  const ways = open.map((one) => h("p", {}, link(`${home}/check/${one.id}`, both(one.template.title))));
  return note("warning", t("sign.finish_first"), ...ways);
}

/** The strokes of the form's pad; refused when nothing was drawn. */
export function strokesOf(typed: Typed): Strokes {
  const strokes = JSON.parse(typed.text("strokes") || "[]") as Strokes;
  if (!strokes.length) throw new Wrong(t("sign.missing"));
  return strokes;
}

function body(typed: Typed): Record<string, unknown> {
  const given: Record<string, unknown> = { signer_name: typed.text("signer_name"), strokes: strokesOf(typed) };
  if (typed.text("works")) given.works = typed.text("works") === "yes";
  for (const name of ["accessories", "satisfaction", "suggestions"]) if (typed.text(name)) given[name] = typed.text(name);
  const isGood = ["", "satisfied", "very_satisfied"].includes(typed.text("satisfaction"));
  if (!isGood) given.dissatisfied_with = typed.all("dissatisfied_with");
  return given;
}
