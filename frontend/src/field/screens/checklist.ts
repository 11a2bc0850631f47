/** A checklist: what is asked follows from what was answered, also without network. */
import { setPad } from "../../shared/signature";
import { dropDraft } from "../drafts";
import type { Screen } from "../main";
import { done, go, redraw } from "../moving";
import { askedItems, linesNow, standingOf, type Asked } from "../rules";
import { database, enqueue } from "../store";
import { both, t, words } from "../texts";
import type { Answer, Checklist, Item, Line, Operation, Photo, Strokes } from "../types";
import { areaField, choiceField, h, keptForm, padField, sheet, textField, typedIn, Wrong, type Typed } from "../ui";
import { load } from "./loading";
import { gallery, picker } from "./photos";

/** What the server takes at most. */
const MOST_TEXT = 4_000;
const MOST_NOTE = 1_000;
const MOST_COUNTED = 999_999;
const MOST_NUMBER = 1e12;
const MOST_NAME = 80;

type Lines = Map<string, Line>;
type Photos = Map<string, Photo[]>;
type Sent = { item: string; answer: Answer; note: string; version: number };

export async function checklistScreen(id: string, listId: string): Promise<Screen | null> {
  const found = await load(id);
  const list = found?.job.checklists.find((one) => one.id === listId);
  if (!found || !list) return null;
  const key = `${id}/check/${listId}`;
  const lines = linesNow(list, found.operations);
  const shown = linesNow(list, found.operations, true);
  const photos = await photosOf(id, listId);
  const every = everything(list, shown);
  const rows = new Map(every.flatMap((one) => one.items).map((item) => [item.code, row(item, shown.get(item.code), { job: id, listId, photos })]));
  const parts = every.map(({ section, items }) =>
    h("section", { class: "stack part" }, both(section.title) ? h("h2", {}, both(section.title)) : null, ...items.map((item) => rows.get(item.code) ?? null)),
  );
  const reason = areaField("unfinished_reason", t("check.unfinished"), { needed: true });
  const end = choiceField("end", t("check.end"), [["later", t("check.later")], ["finish", t("check.finish")]], { needed: true, value: ["later"] });
  const save = async (typed: Typed): Promise<void> => {
    const asked = askedItems(list, answersOf(every, typed, lines, photos)).flatMap((one) => one.items);
    const changed = changes(asked, typed, lines, refusedOf(found.operations, listId));
    tooLong(t("check.unfinished"), typed.text("unfinished_reason"), MOST_NOTE);
    const open = asked.filter((item) => item.required && standingOf(item, answerOf(item, typed, lines, photos)) === "open");
    const isEnd = typed.text("end") === "finish";
    if (isEnd && open.length && !typed.text("unfinished_reason")) throw new Wrong(t("check.unfinished.missing", { n: open.length }));
    await send(id, list, changed, isEnd ? typed.text("unfinished_reason") : null, { key, home: found.home, operations: found.operations });
  };
  const form = await keptForm(key, [...parts, h("hr"), end, reason], save);
  const look = (): void => {
    const typed = typedIn(form);
    const asked = new Set(askedItems(list, answersOf(every, typed, lines, photos)).flatMap((one) => one.items).map((item) => item.code));
    let open = 0;
    for (const item of every.flatMap((one) => one.items)) {
      const standing = standingOf(item, answerOf(item, typed, lines, photos));
      const part = rows.get(item.code);
      if (!part) continue;
      part.hidden = !asked.has(item.code);
      part.dataset.standing = standing;
      const said = part.querySelector("[data-said]");
      if (said) said.textContent = standing === "failed" ? t("check.failed") + (both(item.follow_up) ? ` · ${both(item.follow_up)}` : "") : "";
      if (asked.has(item.code) && item.required && standing === "open") open += 1;
    }
    for (const part of parts) part.hidden = !part.querySelector(".line:not([hidden])");
    show(reason, typed.text("end") === "finish" && open > 0);
  };
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  look();
  for (const frame of form.querySelectorAll<HTMLElement>("[data-signature]")) setPad(frame);
  return { title: both(list.template.title), back: found.home, content: [sheet("", form)], still: true };
}

/** Every item that can be asked, so that a form knows all its fields; hidden until they are asked. */
function everything(list: Checklist, lines: Lines): Asked[] {
  if (!list.sections?.length) return askedItems(list, new Map([...lines].map(([code, line]) => [code, line.answer] as const)));
  const fits = list.sections.filter((one) => !one.asset_classes.length || !list.asset_class || one.asset_classes.includes(list.asset_class));
  return fits.map((section) => ({ section, items: section.items }));
}

async function photosOf(job: string, listId: string): Promise<Photos> {
  const found: Photos = new Map();
  for (const one of await database.photos.where("job").equals(job).toArray()) {
    if (one.checklist_id === listId) found.set(one.item, [...(found.get(one.item) ?? []), one]);
  }
  return found;
}

type Around = { job: string; listId: string; photos: Photos };

function row(item: Item, line: Line | undefined, around: Around): HTMLElement {
  return h(
    "div",
    { class: "line", "data-item": item.code },
    field(item, line?.answer ?? null, around),
    h("p", { class: "wrong", "data-said": true, "aria-live": "polite" }),
    h("details", { open: Boolean(line?.note) }, h("summary", {}, t("check.note")), textField(`n-${item.code}`, t("check.note"), { value: line?.note })),
  );
}

function field(item: Item, answer: Answer, around: Around): HTMLElement {
  const name = `a-${item.code}`;
  const label = both(item.title);
  const needed = item.required;
  // Required is only what the end of the checklist asks for; it may be kept half filled in.
  if (item.kind === "yes_no") return optional(choiceField(name, label, [["yes", t("yes")], ["no", t("no")]], { needed, value: [String(answer)] }));
  if (item.kind === "choice") return optional(choiceField(name, label, item.options.map((one) => [one.code, both(one.title)]), { needed, value: [String(answer)] }));
  if (item.kind === "number") return optional(textField(name, label, { needed, inputmode: "decimal", hint: limits(item), value: typeof answer === "string" ? answer : "" }));
  if (item.kind === "text") return optional(areaField(name, label, { needed, value: typeof answer === "string" ? answer : "" }));
  if (item.kind === "count") return counts(item, answer as Record<string, number> | null);
  if (item.kind === "signature") return signature(item, answer);
  const taken = around.photos.get(item.code) ?? [];
  const there = Array.isArray(answer) ? answer.length : 0;
  return h(
    "div",
    { class: "field" },
    h("span", { class: "label" }, label),
    there ? h("span", { class: "hint" }, t("check.photos_there", { n: there })) : null,
    picker(() => ({ job: around.job, checklist_id: around.listId, item: item.code, caption: label.slice(0, 200) }), redraw),
    taken.length ? gallery(taken) : null,
  );
}

function optional(part: HTMLElement): HTMLElement {
  for (const one of part.querySelectorAll<HTMLInputElement>("[required]")) one.required = false;
  return part;
}

function counts(item: Item, answer: Record<string, number> | null): HTMLElement {
  const unit = both(item.unit);
  const fields = item.counts.map((one) => optional(textField(`a-${item.code}-${one}`, words().counted[one] ?? one, { needed: true, inputmode: "numeric", value: answer ? String(answer[one] ?? 0) : "" })));
  return h("fieldset", { class: "field" }, h("legend", {}, both(item.title), unit ? h("span", { class: "needed" }, ` ${unit}`) : null), h("div", { class: "form-grid tight" }, ...fields));
}

function signature(item: Item, answer: Answer): HTMLElement {
  const before = answer as { name: string; strokes: Strokes } | null;
  return h(
    "fieldset",
    { class: "field" },
    h("legend", {}, both(item.title)),
    before ? h("span", { class: "hint" }, t("check.signed", { name: before.name })) : null,
    textField(`a-${item.code}-name`, t("sign.name"), { needed: true, value: "" }),
    padField(`a-${item.code}-strokes`),
  );
}

function limits(item: Item): string {
  const [low, high] = item.normal;
  const unit = both(item.unit);
  const range = low != null && high != null ? t("check.between", { low, high }) : low != null ? t("check.at_least", { low }) : high != null ? t("check.at_most", { high }) : "";
  return [unit, range].filter(Boolean).join(" · ");
}

function answersOf(every: Asked[], typed: Typed, lines: Lines, photos: Photos): Map<string, Answer> {
  const items = every.flatMap((one) => one.items);
  return new Map(items.map((item) => [item.code, answerOf(item, typed, lines, photos)]));
}

/** What stands in the form now; half a number or count is no answer yet. */
function answerOf(item: Item, typed: Typed, lines: Lines, photos: Photos): Answer {
  const name = `a-${item.code}`;
  if (item.kind === "photo") {
    const there = (lines.get(item.code)?.answer as string[] | null) ?? [];
    const all = [...there, ...(photos.get(item.code) ?? []).map((one) => one.id)];
    return all.length ? all : null;
  }
  if (item.kind === "signature") {
    const strokes = JSON.parse(typed.text(`${name}-strokes`) || "[]") as Strokes;
    const signer = typed.text(`${name}-name`);
    return strokes.length && signer ? { name: signer, strokes } : (lines.get(item.code)?.answer ?? null);
  }
  if (item.kind === "count") {
    const given = item.counts.map((one) => typed.text(`${name}-${one}`));
    if (given.every((one) => !one)) return null;
    return Object.fromEntries(item.counts.map((one, at) => [one, Number(given[at] || 0)]));
  }
  const text = typed.text(name);
  return item.kind === "number" ? text.replace(/，/g, ".") || null : text || null;
}

/** Lines that the server did not take; saving the form sends them anew. */
function refusedOf(operations: Operation[], listId: string): Operation[] {
  return operations.filter((one) => one.kind === "lines" && one.state === "refused" && one.body.checklist_id === listId);
}

function changes(asked: Item[], typed: Typed, lines: Lines, refused: Operation[]): Sent[] {
  const found: Sent[] = [];
  const again = new Set(refused.flatMap((one) => (one.body.lines as Sent[]).map(({ item }) => item)));
  for (const item of asked) {
    if (item.kind === "photo") continue;
    const before = lines.get(item.code);
    const answer = answerOf(item, typed, lines, new Map());
    check(item, answer);
    const note = typed.text(`n-${item.code}`);
    tooLong(both(item.title), note, MOST_NOTE);
    const isSame = JSON.stringify(answer) === JSON.stringify(before?.answer ?? null) && note === (before?.note ?? "");
    if (!isSame || again.has(item.code)) found.push({ item: item.code, answer, note, version: before?.version ?? 0 });
  }
  return found;
}

/** Refuses what cannot be an answer, before it is on its way. */
function check(item: Item, answer: Answer): void {
  if (answer === null) return;
  const title = both(item.title);
  if (item.kind === "number") {
    const number = Number(answer);
    const [low, high] = item.possible;
    if (!/^[-+]?\d+(\.\d+)?$/.test(String(answer)) || Math.abs(number) >= MOST_NUMBER) throw new Wrong(t("check.wrong_number", { title }));
    if ((String(answer).split(".")[1] ?? "").length > item.places) throw new Wrong(t("check.places", { title, places: item.places }));
    if ((low != null && number < Number(low)) || (high != null && number > Number(high))) {
      throw new Wrong(t("check.impossible", { title, low: low ?? "…", high: high ?? "…" }));
    }
  }
  if (item.kind === "text") tooLong(title, String(answer), MOST_TEXT);
  if (item.kind === "signature") tooLong(title, (answer as { name: string }).name, MOST_NAME);
  if (item.kind === "count") {
    const numbers = Object.entries(answer as Record<string, number>);
    if (numbers.some(([, one]) => !Number.isInteger(one) || one < 0 || one > MOST_COUNTED)) throw new Wrong(t("check.wrong_count", { title }));
    const settled = numbers.filter(([one]) => one !== "checked").reduce((sum, [, one]) => sum + one, 0);
    if (settled > ((answer as Record<string, number>).checked ?? 0)) throw new Wrong(t("check.more_than_checked", { title }));
  }
}

/** Counted as the server counts: by characters, not by the halves of one. */
function tooLong(title: string, text: string, most: number): void {
  if ([...text].length > most) throw new Wrong(t("check.long", { title, most }));
}

type Way = { key: string; home: string; operations: Operation[] };

/** `reason` null: it goes on later; otherwise it ends here, with the reason for what stays open. */
async function send(job: string, list: Checklist, changed: Sent[], reason: string | null, way: Way): Promise<void> {
  const checklist_id = list.id;
  const ended = way.operations.filter((one) => one.kind === "finish" && one.state !== "applied" && one.body.checklist_id === checklist_id);
  if (!changed.length && reason === null) {
    await dropDraft(way.key);
    go(way.home);
    return;
  }
  const lines = { job, kind: "lines" as const, body: { checklist_id, lines: changed }, draft: way.key, instead: refusedOf(way.operations, checklist_id) };
  if (reason === null) return done(lines, way.home);
  if (changed.length) await enqueue(lines);
  const body = { checklist_id, ...(reason ? { unfinished_reason: reason } : {}) };
  return done({ job, kind: "finish", body, draft: way.key, instead: ended }, way.home);
}

function show(part: HTMLElement, is: boolean): void {
  part.hidden = !is;
  for (const one of part.querySelectorAll<HTMLTextAreaElement>("textarea")) one.disabled = !is;
}
