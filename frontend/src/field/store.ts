/** The device's own database. Everything typed is here before anything is sent. */
import Dexie, { type EntityTable } from "dexie";
import { ASIDE, namesAside, STORE } from "../shared/phone";
import type { Body, Draft, Job, KeptJob, Kind, Operation, Photo, Template } from "./types";

type Setting = { key: string; value: unknown };

class FieldDatabase extends Dexie {
  declare settings: EntityTable<Setting, "key">;
  declare jobs: EntityTable<KeptJob, "id">;
  declare operations: EntityTable<Operation, "id">;
  declare photos: EntityTable<Photo, "id">;
  declare drafts: EntityTable<Draft, "key">;

  constructor() {
    super(STORE);
    this.version(1).stores({
      settings: "key",
      jobs: "id",
      operations: "id, order, job, state",
      photos: "id, job, state",
      drafts: "key",
    });
  }
}

export const database = new FieldDatabase();

export async function setting<T>(key: string): Promise<T | undefined> {
  return (await database.settings.get(key))?.value as T | undefined;
}

export async function keep(key: string, value: unknown): Promise<void> {
  await database.settings.put({ key, value });
}

export async function operationsOf(job: string): Promise<Operation[]> {
  return database.operations.where("job").equals(job).sortBy("order");
}

/** Nothing more can be written here until some room is freed. */
export function isFull(problem: unknown): boolean {
  const names = [(problem as Error | null)?.name, ((problem as { inner?: Error } | null)?.inner)?.name];
  return names.includes("QuotaExceededError");
}

/** Everything the server has not taken: the badge counts it. */
export async function countUnsent(): Promise<number> {
  const operations = await database.operations.where("state").notEqual("applied").count();
  return operations + (await database.photos.where("state").notEqual("done").count());
}

export async function countStuck(): Promise<number> {
  const operations = await database.operations.where("state").anyOf("conflict", "refused").count();
  return operations + (await database.photos.where("state").equals("refused").count());
}

/** What would be lost if everything were taken away now: unsent, or typed and not saved yet. */
export async function countLeft(): Promise<number> {
  const drafts = new Set([...namesAside(), ...(await database.drafts.toCollection().primaryKeys())]);
  return (await countUnsent()) + drafts.size;
}

/** `instead`: what this makes superfluous, such as a signature or lines that were not taken. */
export type Done = { job: string; kind: Kind; body: Body; draft?: string; instead?: Operation[] };

/** Puts what was done into the outbox and takes its draft away, both or neither. */
export async function enqueue(done: Done): Promise<void> {
  const offset = (await setting<number>("offset_ms")) ?? null;
  const { operations, jobs, drafts } = database;
  await database.transaction("rw", operations, jobs, drafts, async () => {
    const old = done.instead ?? [];
    for (const one of old) await takeOut(one, one.after);
    const before = (await operationsOf(done.job)).filter((one) => one.state !== "applied");
    const kept = await jobs.get(done.job);
    const end = before.find((one) => done.kind === "lines" && isEndOf(one, done.body.checklist_id));
    const last = end ? before[before.indexOf(end) - 1] : before.at(-1);
    const made = {
      ...blank(done),
      order: end ? ((last?.order ?? end.order - 1) + end.order) / 2 : await nextOrder(),
      offset_ms: offset,
      base_version: kept?.job.work_order.version ?? 1,
      after: last?.id ?? null,
      instead_of: old.filter((one) => one.state !== "queued").at(-1)?.id ?? null,
    };
    await operations.add(made);
    if (end) await operations.update(end.id, { after: made.id });
    if (done.draft) await drafts.delete(done.draft);
  });
  if (done.draft) localStorage.removeItem(ASIDE + done.draft);
}

/** Lines that come later still belong before the end of their checklist. */
function isEndOf(one: Operation, list: unknown): boolean {
  return one.kind === "finish" && one.body.checklist_id === list;
}

/** Takes an operation out; what came after it comes after `next` from now on. Call in a transaction. */
async function takeOut(old: Operation, next: string | null): Promise<void> {
  await database.operations.delete(old.id);
  for (const one of await operationsOf(old.job)) {
    if (one.after === old.id) await database.operations.update(one.id, { after: next });
  }
}

/** Takes what was dropped off the device. */
export async function leaveOut(old: Operation): Promise<void> {
  await database.transaction("rw", database.operations, () => takeOut(old, old.after));
}

function blank(done: Done): Operation {
  return {
    id: crypto.randomUUID(),
    job: done.job,
    order: 0,
    kind: done.kind,
    body: done.body,
    occurred_at: new Date().toISOString(),
    offset_ms: null,
    base_version: 1,
    after: null,
    instead_of: null,
    state: "queued",
    message: "",
    fields: {},
    present: null,
  };
}

async function nextOrder(): Promise<number> {
  return ((await database.operations.orderBy("order").last())?.order ?? 0) + 1;
}

/** Sends what was refused once more as something new, in its old place of the order and with the
 * time it happened at. */
export async function sendAgain(old: Operation): Promise<void> {
  const { operations, jobs } = database;
  await database.transaction("rw", operations, jobs, async () => {
    const kept = await jobs.get(old.job);
    const known = Math.max(old.present?.version ?? 0, kept?.job.work_order.version ?? 0);
    const fresh = blank({ job: old.job, kind: old.kind, body: old.body });
    const { order, occurred_at, offset_ms } = old;
    await takeOut(old, fresh.id);
    await operations.add({
      ...fresh, order, occurred_at, offset_ms, base_version: known || old.base_version, instead_of: old.id,
    });
  });
}

export type Fetched = { person: { id: string; name: string }; jobs: Job[]; templates: Template[] };

/** Puts what the server has for the holder of `secret`; a job that left stays as long as something
 * of it is unsent. Signed out meanwhile, nothing of it may come back here. */
export async function keepFetched(found: Fetched, settled: string[], secret: string | undefined): Promise<void> {
  await database.transaction("rw", database.tables, async () => {
    if (!secret || (await setting<string>("secret")) !== secret) return;
    await keepJobs(found.jobs, settled);
    await keep("templates", found.templates);
    await keep("person", found.person);
    await keep("fetched_at", Date.now());
  });
}

async function keepJobs(found: Job[], settled: string[]): Promise<void> {
  const { jobs, operations, photos, drafts } = database;
  await database.transaction("rw", jobs, operations, photos, drafts, async () => {
    await operations.bulkDelete(settled);
    const present = new Set(found.map((one) => one.work_order.id));
    for (const old of await jobs.toArray()) {
      if (present.has(old.id)) continue;
      if (await isUnsent(old.id)) await jobs.update(old.id, { gone: true });
      else {
        await jobs.delete(old.id);
        await photos.where("job").equals(old.id).delete();
      }
    }
    await jobs.bulkPut(found.map((job) => ({ id: job.work_order.id, job, gone: false })));
  });
}

async function isUnsent(job: string): Promise<boolean> {
  const operations = await operationsOf(job);
  const photos = await database.photos.where("job").equals(job).toArray();
  const drafts = [...namesAside(), ...(await database.drafts.toCollection().primaryKeys())];
  const isTyped = drafts.some((one) => one.startsWith(`${job}/`));
  return isTyped || operations.some((one) => one.state !== "applied") || photos.some((one) => one.state !== "done");
}

/** Takes a job that left, with everything unsent of it, off the device. */
export async function forget(job: string): Promise<void> {
  const { jobs, operations, photos, drafts } = database;
  await database.transaction("rw", jobs, operations, photos, drafts, async () => {
    await operations.where("job").equals(job).delete();
    await photos.where("job").equals(job).delete();
    await drafts.where("key").startsWith(`${job}/`).delete();
    await jobs.delete(job);
  });
  for (const name of namesAside()) if (name.startsWith(`${job}/`)) localStorage.removeItem(ASIDE + name);
}
