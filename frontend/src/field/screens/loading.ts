/** What most screens begin with. */
import { stateOf } from "../rules";
import { database, operationsOf } from "../store";
import type { Job, KeptJob, Operation } from "../types";

export type Loaded = { id: string; kept: KeptJob; job: Job; operations: Operation[]; state: string; home: string };

/** A job with what is on its way, null when it is not on this device. */
export async function load(id: string): Promise<Loaded | null> {
  const kept = await database.jobs.get(id);
  if (!kept) return null;
  const operations = await operationsOf(id);
  return { id, kept, job: kept.job, operations, state: stateOf(kept, operations), home: `#/job/${id}` };
}
