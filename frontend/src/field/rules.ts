/** What the device works out itself while the server is out of reach. */
import { words } from "./texts";
import type { Answer, Checklist, Item, Job, KeptJob, Line, Operation, Promised, Section } from "./types";

const STATE_AFTER: Record<string, string> = { report: "worked", sign: "signed" };

/** Where the sheet stands once everything that is on its way has arrived. */
export function stateOf(kept: KeptJob, operations: Operation[]): string {
  let state = kept.job.work_order.state;
  for (const one of operations) {
    if (isStuck(one)) continue;
    const kind = one.kind === "step" ? String(one.body.kind) : (STATE_AFTER[one.kind] ?? "");
    state = words().moves[kind]?.[state] ?? state;
  }
  return state;
}

type Running = Promised & { due_at: string };

/** The promises whose time runs, the next one first. */
export function runningOf(job: Job): Running[] {
  const running = job.promises.filter((one): one is Running => one.state === "running" && one.due_at !== null);
  return running.sort((a, b) => Date.parse(a.due_at) - Date.parse(b.due_at));
}

export function may(state: string, kind: string): boolean {
  return words().moves[kind]?.[state] !== undefined;
}

/** What was last said in an operation of this kind that is on its way, else null. */
export function lastOf(operations: Operation[], kind: string): Operation | null {
  return operations.filter((one) => one.kind === kind).at(-1) ?? null;
}

export type Standing = "open" | "passed" | "failed";

/** What an answer says about the thing; the server judges again by the same rules. */
export function standingOf(item: Item, answer: Answer): Standing {
  if (answer === null || answer === "") return "open";
  if (item.kind === "yes_no") return answer === item.fails_on ? "failed" : "passed";
  if (item.kind === "choice") return item.options.some((one) => one.fails && one.code === answer) ? "failed" : "passed";
  if (item.kind === "number") {
    const number = Number(answer);
    const [low, high] = item.normal;
    const fails = (low != null && number < Number(low)) || (high != null && number > Number(high));
    return fails ? "failed" : "passed";
  }
  if (item.kind === "count") {
    if (!item.counts.includes("normal")) return "passed";
    const counts = answer as Record<string, number>;
    const settled = item.counts.filter((one) => one !== "checked").reduce((sum, one) => sum + (counts[one] ?? 0), 0);
    return (counts.checked ?? 0) > settled ? "failed" : "passed";
  }
  return "passed";
}

export type Asked = { section: Section; items: Item[] };

/** The items that are asked by the answers so far, by section. */
export function askedItems(list: Checklist, answers: Map<string, Answer>): Asked[] {
  const begun = new Set(list.lines.map((one) => one.item.code));
  const asked = new Map<string, Item>();
  return sectionsOf(list)
    .filter((one) => !one.asset_classes.length || !list.asset_class || one.asset_classes.includes(list.asset_class))
    .map((section) => ({ section, items: section.items.filter((item) => isAsked(item, asked, answers, begun)) }))
    .filter((one) => one.items.length > 0);
}

function isAsked(item: Item, asked: Map<string, Item>, answers: Map<string, Answer>, begun: Set<string>): boolean {
  let is = false;
  if (item.when === null) is = begun.size === 0 || begun.has(item.code);
  else {
    const earlier = asked.get(item.when.item);
    is = earlier ? meets(item.when.words, earlier, answers.get(earlier.code) ?? null) : begun.has(item.code);
  }
  if (is) asked.set(item.code, item);
  return is;
}

function meets(named: string[], item: Item, answer: Answer): boolean {
  const standing = standingOf(item, answer);
  if (standing === "open") return false;
  return named.includes(standing) || (typeof answer === "string" && named.includes(answer));
}

function sectionsOf(list: Checklist): Section[] {
  if (list.sections?.length) return list.sections;
  const items = list.lines.map((one) => one.item);
  return [{ code: "", title: { zh: "", en: "" }, asset_classes: [], items }];
}

/** Whether its end is said, here or at the office; one that was not taken is none. */
export function isEnded(list: Checklist, operations: Operation[]): boolean {
  if (list.state !== "open") return true;
  return operations.some((one) => one.kind === "finish" && one.body.checklist_id === list.id && !isStuck(one));
}

/** What has to be finished before the customer signs. */
export function openChecklists(job: Job, operations: Operation[]): Checklist[] {
  return job.checklists.filter((one) => !isEnded(one, operations));
}

/** Not taken: the person has to decide. */
export function isStuck(one: Operation): boolean {
  return one.state === "conflict" || one.state === "refused";
}

/** Answers and remarks as they stand with everything that is on its way, by item; `refused`: and
 * with what was typed and not taken. */
export function linesNow(list: Checklist, operations: Operation[], refused = false): Map<string, Line> {
  const found = new Map(list.lines.map((one) => [one.item.code, { ...one }]));
  const items = new Map(sectionsOf(list).flatMap((one) => one.items.map((item) => [item.code, item] as const)));
  for (const one of operations) {
    if (one.kind !== "lines" || one.body.checklist_id !== list.id) continue;
    if (one.state === "conflict" || (one.state === "refused" && !refused)) continue;
    for (const sent of one.body.lines as { item: string; answer: Answer; note: string }[]) {
      const item = items.get(sent.item);
      if (!item) continue;
      const before = found.get(sent.item);
      const version = (before?.version ?? 0) + 1;
      found.set(sent.item, { section: before?.section ?? "", item, answer: sent.answer, note: sent.note, version });
    }
  }
  return found;
}
