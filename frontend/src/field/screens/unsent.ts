/** What is only on this phone, and what the server did not take: both sides, and the person decides. */
import { Refused, Unreachable } from "../api";
import { allDrafts, dropDraft } from "../drafts";
import type { Screen } from "../main";
import { redraw } from "../moving";
import { database, isFull, sendAgain, setting } from "../store";
import { drop, recount, sync } from "../sync";
import { both, moment, t, words } from "../texts";
import type { Draft, Job, Operation, Photo } from "../types";
import { areaField, button, choiceField, h, link, note, pairs, sheet, textField, typedIn } from "../ui";
import { asTyped, companionIn } from "./hours";
import { preview } from "./photos";

/** Instants that may be put right. */
const INSTANTS = ["began_at", "ended_at"];
/** What may be put right before it is sent again. */
const TEXTS = ["findings", "work_done", "result_reason", "parts_used", "remarks", "reason", "way", "text", "note", "unfinished_reason"];

export async function unsentScreen(): Promise<Screen> {
  const person = (await setting<{ id: string }>("person"))?.id;
  const jobs = new Map((await database.jobs.toArray()).map((one) => [one.id, one.job]));
  const operations = (await database.operations.orderBy("order").toArray()).filter((one) => one.state !== "applied");
  const photos = (await database.photos.toArray()).filter((one) => one.state !== "done");
  const stuck = operations.filter((one) => one.state !== "queued");
  const waiting = operations.filter((one) => one.state === "queued");
  const refused = photos.filter((one) => one.state === "refused");
  const drafts = await allDrafts();
  const content: (Node | null)[] = [
    ...stuck.map((one) => decision(one, jobs.get(one.job), person)),
    ...refused.map((one) => refusedPhoto(one, jobs.get(one.job))),
    waiting.length || photos.length > refused.length ? sheet(t("unsent.waits"), h("ul", { class: "plain lines" }, ...waiting.map((one) => waitingRow(one, jobs.get(one.job))), ...photos.filter((one) => one.state === "queued").map((one) => photoRow(one, jobs.get(one.job)))), button(t("unsent.now"), sync, "btn")) : null,
    drafts.length ? sheet(t("unsent.begun"), h("ul", { class: "plain lines" }, ...drafts.map((one) => begunRow(one, jobs)))) : null,
  ];
  const found = content.filter((one): one is Node => one !== null);
  const nothing = h("div", { class: "empty" }, h("h2", {}, t("unsent.none")), h("p", {}, t("unsent.none.text")));
  return { title: t("unsent.title"), back: "#/", content: found.length ? found : [nothing], still: stuck.length > 0 };
}

function nameOf(operation: Operation): string {
  const kind = operation.kind === "step" ? String(operation.body.kind) : operation.kind;
  const steps: Record<string, string> = { report: "worked", sign: "signed" };
  return words().steps[steps[kind] ?? kind] ?? t(`kind.${kind}`);
}

function waitingRow(operation: Operation, job: Job | undefined): HTMLElement {
  return h("li", {}, h("strong", {}, nameOf(operation)), h("span", { class: "soft" }, ` · ${moment(operation.occurred_at)} · ${job?.work_order.customer_name ?? ""}`));
}

function photoRow(photo: Photo, job: Job | undefined): HTMLElement {
  return h("li", {}, h("strong", {}, t("unsent.photo")), h("span", { class: "soft" }, ` · ${photo.caption || photo.name} · ${job?.work_order.customer_name ?? ""}`));
}

/** What was typed and not saved: on with it, or away with it. */
function begunRow({ key }: Draft, jobs: Map<string, Job>): HTMLElement {
  const [id = "", form = "", part = ""] = key.split("/");
  const job = jobs.get(id);
  const list = job?.checklists.find((one) => one.id === part);
  const names: Record<string, string | undefined> = {
    step: words().steps[part],
    sign: words().steps.signed,
    check: list ? both(list.template.title) : t("kind.lines"),
  };
  const leave = async (): Promise<void> => {
    if (!window.confirm(t("unsent.begun.sure"))) return;
    await dropDraft(key);
    redraw();
  };
  return h(
    "li",
    { class: "row-line spread" },
    h("span", {}, h("strong", {}, names[form] ?? t(`${form}.title`)), h("span", { class: "soft" }, ` · ${job?.work_order.customer_name ?? ""}`)),
    h("span", { class: "row-line" }, job ? link(`#/job/${key}`, t("unsent.begun.on")) : null, button(t("unsent.begun.leave"), leave)),
  );
}

function decision(operation: Operation, job: Job | undefined, person: string | undefined): HTMLElement {
  const wrong = h("div", { class: "notes" });
  const fields = corrections(operation, job);
  const form = h("form", { class: "stack" }, ...fields, wrong);
  form.addEventListener("submit", (event) => event.preventDefault());
  const again = async (): Promise<void> => {
    await sendAgain({ ...operation, body: corrected(operation, form) });
    await recount();
    redraw();
    void sync();
  };
  const leave = async (): Promise<void> => {
    const reason = window.prompt(t("unsent.drop.why"))?.trim();
    if (!reason) return;
    try {
      await drop(operation, reason);
    } catch (problem) {
      const text = problem instanceof Unreachable ? t("unsent.drop.offline") : problem instanceof Refused ? problem.message : isFull(problem) ? t("full") : t("failed");
      wrong.replaceChildren(note("error", text));
      return;
    }
    await recount();
    redraw();
    void sync();
  };
  // A drawing counts for what the customer saw; he draws it anew.
  const anew = operation.kind === "sign";
  const retry = anew ? link(`#/job/${operation.job}/sign`, t("unsent.sign_anew"), "btn btn-primary") : button(t("unsent.again"), again, "btn btn-primary");
  form.append(h("div", { class: "form-actions" }, retry, button(t("unsent.drop"), leave)));
  return h(
    "section",
    { class: "sheet", "data-operation": operation.id },
    h("header", {}, h("h2", {}, nameOf(operation)), h("span", { class: "tag", "data-tone": "over" }, t(`state.${operation.state}`))),
    h(
      "div",
      { class: "inside stack" },
      h("p", { class: "soft" }, [job?.work_order.number, job?.work_order.customer_name, moment(operation.occurred_at)].filter(Boolean).join(" · ")),
      note("error", operation.message || t("failed"), ...Object.values(operation.fields).map((one) => h("p", {}, one))),
      sides(operation, job, person),
      form,
    ),
  );
}

/** What was meant beside what the server has. */
function sides(operation: Operation, job: Job | undefined, person: string | undefined): HTMLElement {
  const present = { ...operation.present, ...companionIn(operation.present?.companions, person) } as Record<string, unknown>;
  const state = String(present.state ?? job?.work_order.state ?? "");
  const named = Object.keys(operation.body).filter((name) => shown(operation.body[name]) && name !== "kind");
  return h(
    "div",
    { class: "sides" },
    h("div", {}, h("h3", {}, t("unsent.mine")), pairs(named.map((name): [string, string] => [label(name), value(name, operation.body[name], job)]))),
    h(
      "div",
      {},
      h("h3", {}, t("unsent.theirs")),
      pairs([
        [t("unsent.state"), words().states[state] ?? state],
        ...named.filter((name) => shown(present[name])).map((name): [string, string] => [label(name), value(name, present[name], job)]),
      ]),
    ),
  );
}

function shown(given: unknown): boolean {
  return (typeof given === "string" && given !== "" && !/^[0-9a-f-]{36}$/.test(given)) || typeof given === "number" || Array.isArray(given);
}

function label(name: string): string {
  return words().texts[`field.${name}`] ?? name;
}

function value(name: string, given: unknown, job: Job | undefined): string {
  if (name === "result") {
    const found = job?.work_order.results.find((one) => one.code === given);
    return found ? both(found.title) : String(given);
  }
  if (/_(for|at)$/.test(name) && typeof given === "string") return moment(given);
  if (name === "satisfaction") return words().satisfactions[String(given)] ?? String(given);
  if (name === "what") return words().needs[String(given)] ?? String(given);
  if (name === "accessories") return words().accessories[String(given)] ?? String(given);
  if (Array.isArray(given)) return t("unsent.count", { n: given.length });
  return String(given);
}

function corrections(operation: Operation, job: Job | undefined): HTMLElement[] {
  const { body, kind } = operation;
  if (kind === "sign") return [];
  const arrival = (body.arrival ?? {}) as Record<string, unknown>;
  const texts = TEXTS.filter((name) => typeof body[name] === "string").map((name) => areaField(name, label(name), { value: String(body[name]) }));
  const extra = INSTANTS.filter((name) => typeof body[name] === "string").map((name) => textField(name, label(name), { type: "datetime-local", needed: true, value: asTyped(String(body[name])) }));
  if (kind === "report" && job) {
    extra.push(choiceField("result", label("result"), job.work_order.results.map((one) => [one.code, both(one.title)]), { needed: true, value: [String(body.result)] }));
  }
  if (arrival.way === "code") extra.push(textField("code", t("arrive.code.label"), { value: String(arrival.code ?? "") }));
  return [...texts, ...extra];
}

function corrected(operation: Operation, form: HTMLFormElement): Operation["body"] {
  const typed = typedIn(form);
  const body = { ...operation.body };
  for (const name of TEXTS) if (typeof body[name] === "string") body[name] = typed.text(name);
  if (operation.kind === "report" && typed.text("result")) body.result = typed.text("result");
  const arrival = body.arrival as Record<string, unknown> | undefined;
  if (arrival?.way === "code") body.arrival = { ...arrival, code: typed.text("code") };
  for (const name of INSTANTS) if (typeof body[name] === "string" && typed.text(name)) body[name] = new Date(typed.text(name)).toISOString();
  // Answers are sent over whatever stands there now: the person has seen that they differ.
  if (operation.kind === "lines") body.lines = (body.lines as Record<string, unknown>[]).map(({ version: _seen, ...line }) => line);
  if (operation.kind === "hours") delete body.version;
  return body;
}

function refusedPhoto(photo: Photo, job: Job | undefined): HTMLElement {
  const again = async (): Promise<void> => {
    await database.photos.update(photo.id, { state: "queued", received: 0 });
    await recount();
    redraw();
    void sync();
  };
  const leave = async (): Promise<void> => {
    if (!window.confirm(t("unsent.photo.sure"))) return;
    await database.photos.delete(photo.id);
    await recount();
    redraw();
    void sync();
  };
  return sheet(
    t("unsent.photo"),
    preview(photo, "small-picture"),
    h("p", { class: "soft" }, [job?.work_order.number, job?.work_order.customer_name].filter(Boolean).join(" · ")),
    note("error", photo.message || t("failed")),
    h("div", { class: "form-actions" }, button(t("unsent.photo.again"), again, "btn btn-primary"), button(t("photos.remove"), leave)),
  );
}
