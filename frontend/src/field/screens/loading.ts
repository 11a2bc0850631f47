/** What most screens begin with. */
import { stateOf } from "../rules";
import { database, operationsOf, setting } from "../store";
import type { Checklist, Job, KeptJob, Operation, Template } from "../types";

export type Loaded = {
  id: string;
  kept: KeptJob;
  job: Job;
  operations: Operation[];
  offered: Template[];
  state: string;
  home: string;
};

/** A job with what is on its way, null when it is not on this device. */
export async function load(id: string): Promise<Loaded | null> {
  const kept = await database.jobs.get(id);
  if (!kept) return null;
  const operations = await operationsOf(id);
  const templates = (await setting<Template[]>("templates")) ?? [];
  const begun = begunHere(kept.job, operations, templates);
  const used = new Set(begun.map(({ template }) => template.id));
  const offered = templates.filter((one) => kept.job.offered?.includes(one.id) && !used.has(one.id));
  const job = { ...kept.job, checklists: [...kept.job.checklists, ...begun.map(({ list }) => list)] };
  return { id, kept, job, operations, offered, state: stateOf(kept, operations), home: `#/job/${id}` };
}

type Begun = { template: Template; list: Checklist };

/** Checklists begun on this device that the server's answer does not hold yet. */
function begunHere(job: Job, operations: Operation[], templates: Template[]): Begun[] {
  const known = new Set(job.checklists.map((one) => one.id));
  return operations.flatMap((one) => {
    const template = templates.find(({ id }) => id === one.body.template_id);
    const id = String(one.body.checklist_id);
    if (one.kind !== "begin" || !template || known.has(id)) return [];
    const { title, sections } = template;
    const list = { id, version: 1, state: "open", template: { title }, asset_class: job.asset_class, lines: [], sections, may_fill: true };
    return [{ template, list }];
  });
}
