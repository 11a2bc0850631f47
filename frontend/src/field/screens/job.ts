/** One job: what to do next, whom to call, where to go, what was promised, what was there before. */
import type { Screen } from "../main";
import { done } from "../moving";
import { askedItems, isEnded, isStuck, lastOf, linesNow, may, standingOf } from "../rules";
import { database, forget } from "../store";
import { recount } from "../sync";
import { both, moment, t, words } from "../texts";
import { timeLeft } from "../ticking";
import type { Checklist, Job, Template } from "../types";
import { button, h, link, note, pairs, sheet } from "../ui";
import { ownHours } from "./hours";
import { load, type Loaded } from "./loading";
import { unfinished } from "./sign";

/** Steps that are said in one touch. */
const AT_ONCE = ["accepted", "departed"];
const ASKED = ["appointed", "arrived"];
const RARE = ["declined"];

export async function jobScreen(id: string): Promise<Screen | null> {
  const found = await load(id);
  if (!found) return null;
  const { job } = found;
  const photos = await database.photos.where("job").equals(id).count();
  return {
    title: job.work_order.number,
    back: "#/",
    content: [
      ...(found.kept.gone ? [goneNote(id)] : []),
      stuckNote(found),
      head(found),
      isAlong(job) ? note("", t("job.along", { name: job.work_order.assignee_name })) : actions(found),
      isAlong(job) ? await ownHours(found) : null,
      promises(job),
      isAlong(job) ? null : tasks(found, photos),
      details(found),
      history(job),
    ].filter((one): one is HTMLElement => one !== null),
  };
}

function isAlong(job: Job): boolean {
  return job.leads === false;
}

function goneNote(id: string): HTMLElement {
  const leave = async (): Promise<void> => {
    if (!window.confirm(t("job.gone.sure"))) return;
    await forget(id);
    await recount();
    location.hash = "#/";
  };
  return note("warning", t("job.gone"), h("p", {}, link("#/unsent", t("unsent.title")), " ", button(t("job.gone.forget"), leave)));
}

function stuckNote({ operations }: Loaded): HTMLElement | null {
  const stuck = operations.filter(isStuck).length;
  return stuck ? note("error", t("job.stuck", { n: stuck }), h("p", {}, link("#/unsent", t("unsent.look")))) : null;
}

function head({ job, state }: Loaded): HTMLElement {
  const { work_order: order } = job;
  return sheet(
    "",
    h("div", { class: "row-line" }, h("span", { class: "tag accent", id: "state" }, words().states[state] ?? state)),
    h("h2", { class: "customer" }, order.customer_name),
    h("p", { class: "words" }, order.work_wanted),
    contact(job),
  );
}

function contact(job: Job): HTMLElement {
  const { work_order: order, site } = job;
  const address = order.address || site?.address || "";
  const number = order.contact_phone.replace(/[^\d+]/g, "");
  return h(
    "div",
    { class: "two" },
    number ? h("a", { class: "btn big", href: `tel:${number}` }, t("job.call", { name: order.contact_name || order.contact_phone })) : null,
    address ? h("a", { class: "btn big", href: mapOf(job, address), target: "_blank", rel: "noreferrer" }, t("job.map")) : null,
  );
}

function mapOf({ site }: Job, address: string): string {
  if (site?.latitude == null || site.longitude == null || !words().map_link) return `geo:0,0?q=${encodeURIComponent(address)}`;
  const values: Record<string, string> = {
    latitude: String(site.latitude),
    longitude: String(site.longitude),
    name: encodeURIComponent(site.name || address),
  };
  return words().map_link.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function actions(found: Loaded): HTMLElement | null {
  const { id, state, home } = found;
  const act = (kind: string): HTMLElement => {
    const label = words().steps[kind] ?? kind;
    if (ASKED.includes(kind)) return link(`${home}/step/${kind}`, label, "btn btn-primary big");
    return button(label, () => done({ job: id, kind: "step", body: { kind } }, home), "btn btn-primary big");
  };
  const likely = [...AT_ONCE, ...ASKED].filter((kind) => may(state, kind) && !(kind === "appointed" && state === "appointed"));
  const rare = RARE.filter((kind) => may(state, kind)).map((kind) => link(`${home}/step/${kind}`, words().steps[kind] ?? kind));
  if (state === "appointed") rare.unshift(link(`${home}/step/appointed`, t("job.agree_anew")));
  const main: HTMLElement[] = likely.map(act);
  if (state === "arrived") main.push(link(`${home}/report`, words().steps.worked ?? "", "btn btn-primary big"));
  if (state === "worked") main.push(unfinished(found) ?? link(`${home}/sign`, words().steps.signed ?? "", "btn btn-primary big"));
  if (!main.length && !rare.length) return null;
  return h("div", { class: "stack", id: "next" }, ...main, h("div", { class: "row-line" }, ...rare));
}

function promises(job: Job): HTMLElement | null {
  if (!job.promises.length) return null;
  const rows = job.promises.map(({ title, due_at, state }) =>
    h(
      "li",
      { class: "row-line spread" },
      h("span", {}, both(title), due_at ? h("span", { class: "soft" }, ` · ${moment(due_at)}`) : null),
      due_at && state === "running" ? timeLeft(due_at) : h("span", { class: "tag", "data-result": state }, words().promises[state] ?? state),
    ),
  );
  return sheet(t("job.promises"), h("ul", { class: "plain lines" }, ...rows));
}

function tasks(found: Loaded, photos: number): HTMLElement {
  const { id, job, operations, offered, state, home } = found;
  const isOnSite = ["arrived", "worked"].includes(state);
  const reported = job.work_order.work_done || lastOf(operations, "report");
  const rows: (HTMLElement | null)[] = [
    ...job.checklists.map((one) => task(`${home}/check/${one.id}`, both(one.template.title), checklistStands(one, found))),
    ...offered.map((one) => beginning(id, home, one)),
    isOnSite || reported ? task(`${home}/report`, t("report.title"), reported ? t("task.written") : "", !isOnSite) : null,
    task(`${home}/photos`, t("photos.title"), photos ? String(photos) : ""),
    task(`${home}/need`, t("need.title"), ""),
    task(`${home}/next`, t("next.title"), ""),
  ];
  return sheet(t("job.tasks"), h("ul", { class: "plain lines tasks" }, ...rows.filter((one) => one !== null)));
}

function task(to: string, text: string, stands: string, isFixed = false): HTMLElement {
  const said = h("span", { class: "soft" }, stands);
  return h("li", {}, isFixed ? h("span", { class: "task" }, text, said) : h("a", { class: "task", href: to }, text, said));
}

/** Begins a checklist, also without network: the device makes its id. */
function beginning(job: string, home: string, template: Template): HTMLElement {
  const begin = (): Promise<void> => {
    const listId = crypto.randomUUID();
    return done({ job, kind: "begin", body: { checklist_id: listId, template_id: template.id } }, `${home}/check/${listId}`);
  };
  return h("li", {}, button(t("check.begin", { title: both(template.title) }), begin, "btn"));
}

function checklistStands(list: Checklist, { operations }: Loaded): string {
  if (isEnded(list, operations)) return t("check.finished");
  const lines = linesNow(list, operations);
  const answers = new Map([...lines].map(([code, line]) => [code, line.answer] as const));
  const items = askedItems(list, answers).flatMap((one) => one.items);
  const answered = items.filter((item) => standingOf(item, answers.get(item.code) ?? null) !== "open").length;
  return `${answered} / ${items.length}`;
}

function details({ job, operations }: Loaded): HTMLElement {
  const { work_order: order, asset, site } = job;
  const agreed = operations.filter((one) => one.kind === "step" && one.body.kind === "appointed").at(-1)?.body;
  return sheet(
    t("job.details"),
    pairs([
      [t("job.agreed"), asMoment(String(agreed?.agreed_for ?? order.agreed_for ?? ""))],
      [t("job.way"), String(agreed?.way ?? order.way ?? "")],
      [t("job.lead"), isAlong(job) ? order.assignee_name : ""],
      [t("job.companions"), (order.companions ?? []).map((one) => one.name).join("、")],
      [t("job.contact"), [order.contact_name, order.contact_phone].filter(Boolean).join(" · ")],
      [t("job.address"), [site?.name, order.address || site?.address].filter(Boolean).join(" · ")],
      [t("job.asset"), asset ? [asset.name, asset.model, asset.serial, asset.location].filter(Boolean).join(" · ") : ""],
      [t("job.request"), order.request_number],
      [t("job.symptom"), job.symptom],
      [t("job.present_state"), order.present_state],
      [t("job.plan"), order.handling_plan],
    ]),
  );
}

function asMoment(instant: string): string {
  return instant ? moment(instant) : "";
}

function history(job: Job): HTMLElement | null {
  if (!job.history.length) return null;
  const rows = job.history.map((one) =>
    h(
      "li",
      {},
      h("details", {}, h("summary", {}, `${moment(one.finished_at)} · ${one.number}`), h("p", { class: "words" }, one.work_done || t("job.history.nothing"))),
    ),
  );
  return sheet(t("job.history"), h("ul", { class: "plain lines" }, ...rows));
}
