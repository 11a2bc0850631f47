/** Brings to the server what was done, in order for each job, and fetches the jobs. */
import { call, NotAllowed, Refused, Unreachable } from "./api";
import { wrongBy } from "./clock";
import { erase, look, register } from "./device";
import { sendPhoto } from "./photos";
import { setUp, statusNow, whileKept } from "./status";
import { countStuck, countUnsent, database, isFull, keepFetched, leaveOut, setting, type Fetched } from "./store";
import type { Operation, Photo, Sheet, Words } from "./types";

// Few enough that others come to their turn in between.
const MOST = 20;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 120_000;
// Somebody is looking at the badge: a server that is back is found soon.
const LOOKED_AT_MS = 10_000;
const EVERY_MS = 60_000;

type Outcome = {
  id: string;
  state: "applied" | "conflict" | "refused" | "waiting" | "dropped";
  version: number | null;
  message: string;
  fields: Words;
  present: Partial<Sheet> | null;
};

let wait = FIRST_WAIT_MS;
let timer = 0;
let again = false;
let onChange: () => void = () => {};

/** Begins: now, whenever the network comes back or the app is looked at, and from time to time. */
export function startSync(changed: () => void): void {
  onChange = changed;
  window.addEventListener("online", () => void sync());
  window.addEventListener("offline", () => setUp({ offline: true }));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void whileKept(look).then(sync);
  });
  void sync();
}

/** Counts anew what the badge shows; call it after every change of the outbox. */
export async function recount(): Promise<void> {
  const counted = async () => ({ unsent: await countUnsent(), stuck: await countStuck(), clockWrongBy: await wrongBy() });
  setUp((await whileKept(counted)) ?? {});
}

/** One round, alone among the open windows; asked for meanwhile, one more follows. */
export async function sync(): Promise<void> {
  await recount();
  if (statusNow().erased) return;
  if (statusNow().sending) {
    again = true;
    return;
  }
  setUp({ sending: true });
  try {
    await navigator.locks.request("yinuo-field-sync", round);
    setUp({ offline: false, full: false });
    wait = FIRST_WAIT_MS;
    plan(EVERY_MS);
  } catch (problem) {
    await answerTo(problem);
  } finally {
    setUp({ sending: false });
    if (!statusNow().erased) {
      await recount();
      onChange();
    }
  }
  if (again) {
    again = false;
    void sync();
  }
}

async function round(): Promise<void> {
  if (!(await setting<string>("secret")) && !(await register())) {
    setUp({ signedOut: true });
    return;
  }
  setUp({ signedOut: false });
  const waiting = new Set<string>();
  while ((await sendOperations(waiting)) || (await sendPhotos())) await recount();
  await fetchJobs();
}

async function answerTo(problem: unknown): Promise<void> {
  if (statusNow().erased) return;
  if (problem instanceof Refused && problem.status === 401) return signedOut(problem);
  if (problem instanceof NotAllowed) setUp({ notAllowed: true });
  else if (problem instanceof Unreachable) setUp({ offline: true });
  else if (!(problem instanceof Refused)) setUp({ full: isFull(problem) });
  const asked = problem instanceof Refused ? problem.waitMs : 0;
  // Busy, not away: others are sending as well, and it is soon our turn.
  if (asked) return plan(asked);
  plan(wait);
  wait = Math.min(wait * 2, document.visibilityState === "visible" ? LOOKED_AT_MS : LONGEST_WAIT_MS);
}

async function signedOut(refusal: Refused): Promise<void> {
  if (refusal.code === "device_revoked") {
    // Signed out in another window, which left what is unsent for its owner.
    if (!(await setting<string>("secret"))) return;
    setUp({ erased: true });
    await erase();
    return;
  }
  // Kept for whoever signs in again; the secret is worth nothing any more.
  await database.settings.delete("secret");
  setUp({ signedOut: true });
  if (await register().catch(() => false)) again = true;
}

function plan(milliseconds: number): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void sync(), milliseconds * (0.75 + Math.random() / 2));
}

/** What may go now: of each job everything up to what the person has to decide first, and no end of
 * a checklist before its photographs; nothing of jobs that are `waiting`. */
export async function sendable(waiting: Set<string>): Promise<Operation[]> {
  const held = new Set(waiting);
  const photos = await database.photos.where("state").notEqual("done").toArray();
  const awaited = new Set(photos.map((one) => one.checklist_id).filter(Boolean));
  const all = await database.operations.orderBy("order").toArray();
  return all
    .filter((one) => {
      if (one.state === "applied" || held.has(one.job)) return false;
      const waits = one.kind === "finish" && awaited.has(String(one.body.checklist_id));
      if (one.state !== "queued" || waits) held.add(one.job);
      return one.state === "queued" && !waits;
    })
    .slice(0, MOST);
}

/** False when nothing is left to send in this round. A job that has to wait is added to `waiting`,
 * so that the others come to their turn. */
async function sendOperations(waiting: Set<string>): Promise<boolean> {
  const found = await sendable(waiting);
  if (!found.length) return false;
  try {
    const results = await send(found);
    const waits = new Set(results.filter(({ state }) => state === "waiting").map(({ id }) => id));
    for (const one of found) if (waits.has(one.id)) waiting.add(one.job);
    return (await settle(results)) || waits.size > 0;
  } catch (problem) {
    if (!(problem instanceof Refused && problem.isFinal)) throw problem;
    const [first] = found;
    if (found.length > 1 && first) return sendAlone(found);
    if (first) await refuse(first.id, problem);
    return true;
  }
}

/** One of them cannot even be read by the server; the others shall not wait for it. */
async function sendAlone(found: Operation[]): Promise<boolean> {
  const held = new Set<string>();
  let some = false;
  for (const one of found) {
    if (held.has(one.job)) continue;
    try {
      some = (await settle(await send([one]))) || some;
    } catch (problem) {
      if (!(problem instanceof Refused && problem.isFinal)) throw problem;
      await refuse(one.id, problem);
      held.add(one.job);
      some = true;
    }
  }
  return some;
}

async function refuse(id: string, problem: Refused): Promise<void> {
  await database.operations.update(id, { state: "refused", message: problem.message, fields: problem.fields });
}

async function send(found: Operation[]): Promise<Outcome[]> {
  // What is not here any more is settled; the server may never have heard of it.
  const here = new Set(await database.operations.toCollection().primaryKeys());
  const operations = found.map(({ id, job, kind, body, occurred_at, offset_ms, base_version, after, instead_of }) => ({
    id,
    work_order_id: job,
    after: after !== null && here.has(after) ? after : null,
    kind,
    occurred_at,
    offset_ms,
    base_version,
    body,
    ...(instead_of ? { instead_of } : {}),
  }));
  const sent = { device_time: new Date().toISOString(), operations };
  return (await call<{ results: Outcome[] }>("POST", "/operations", sent)).results;
}

/** True when at least one came to an end. */
async function settle(results: Outcome[]): Promise<boolean> {
  try {
    await noteOutcomes(results);
  } catch (problem) {
    if (!isFull(problem)) throw problem;
    // Taking away needs no room: the server has these for good. What it refused is asked again.
    setUp({ full: true });
    const had = results.filter(({ state }) => state === "applied" || state === "dropped").map(({ id }) => id);
    await database.operations.bulkDelete(had);
    return had.length > 0;
  }
  return results.some((one) => one.state !== "waiting");
}

async function noteOutcomes(results: Outcome[]): Promise<void> {
  const { operations, jobs } = database;
  await database.transaction("rw", operations, jobs, async () => {
    for (const { id, state, version, message, fields, present } of results) {
      const one = await operations.get(id);
      if (!one || state === "waiting") continue;
      if (state === "dropped") await leaveOut(one);
      else await operations.update(id, { state, message, fields: fields ?? {}, present: present ?? null });
      const kept = state === "applied" && version !== null ? await jobs.get(one.job) : undefined;
      if (kept && version !== null) {
        kept.job.work_order.version = version;
        await jobs.put(kept);
      }
    }
  });
}

/** True when at least one came to an end. */
async function sendPhotos(): Promise<boolean> {
  let some = false;
  for (const one of await sendablePhotos()) {
    try {
      await sendPhoto(one);
      some = true;
    } catch (problem) {
      // Not now, as with too many on their way; the others go all the same.
      if (!(problem instanceof Refused && problem.status === 403)) throw problem;
    }
    await recount();
  }
  return some;
}

/** Those of a checklist come after its beginning. */
async function sendablePhotos(): Promise<Photo[]> {
  const photos = await database.photos.where("state").equals("queued").toArray();
  const begun = await database.operations.filter((one) => one.kind === "begin" && one.state !== "applied").toArray();
  const unknown = new Set(begun.map((one) => String(one.body.checklist_id)));
  return photos.filter((one) => !unknown.has(one.checklist_id));
}

async function fetchJobs(): Promise<void> {
  const applied = await database.operations.where("state").equals("applied").primaryKeys();
  const secret = await setting<string>("secret");
  await keepFetched(await call<Fetched>("GET", "/jobs"), applied, secret);
}

/** Gives up what was refused, with the reason; the server keeps what was wanted. */
export async function drop(operation: Operation, reason: string): Promise<void> {
  await call("POST", `/operations/${operation.id}/drop`, { reason }).catch((problem: unknown) => {
    // It never got as far as being kept there.
    if (!(problem instanceof Refused && problem.status === 404)) throw problem;
  });
  await leaveOut(operation);
}
