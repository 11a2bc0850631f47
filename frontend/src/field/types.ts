/** What the server sends and takes (`/api/v1/field`), and what the device keeps of it. */
export type Both = { zh: string; en: string };
export type Words = Record<string, string>;

export type Result = { code: string; title: Both; is_done: boolean; asks_why: boolean };

/** Who goes along; his hours are null as long as he has none of his own. */
export type Companion = { person_id: string; name: string; version: number; began_at: string | null; ended_at: string | null };

export type Sheet = {
  id: string;
  version: number;
  number: string;
  form: string;
  state: string;
  request_number: string;
  customer_name: string;
  contact_name: string;
  contact_phone: string;
  address: string;
  work_wanted: string;
  present_state: string;
  handling_plan: string;
  service_at: string | null;
  agreed_for: string | null;
  way: string;
  findings: string;
  work_done: string;
  parts_used: string;
  persons: number;
  result: string;
  result_reason: string;
  remarks: string;
  results: Result[];
  assignee_name: string;
  companions?: Companion[];
};

export type Item = {
  code: string;
  kind: "yes_no" | "choice" | "number" | "count" | "photo" | "text" | "signature";
  title: Both;
  required: boolean;
  fails_on: string;
  options: { code: string; title: Both; fails: boolean }[];
  unit: Both;
  normal: (string | null)[];
  possible: (string | null)[];
  places: number;
  counts: string[];
  when: { item: string; words: string[] } | null;
  follow_up: Both;
};

export type Strokes = [number, number][][];
export type Signature = { name: string; strokes: Strokes };
export type Answer = string | string[] | Record<string, number> | Signature | null;

export type Line = { section: string; item: Item; answer: Answer; note: string; version: number };
export type Section = { code: string; title: Both; asset_classes: string[]; items: Item[] };

export type Checklist = {
  id: string;
  version: number;
  state: string;
  template: { title: Both };
  asset_class: string;
  lines: Line[];
  sections?: Section[];
  may_fill: boolean;
};

/** A checklist that may be begun without network. */
export type Template = { id: string; title: Both; sections: Section[] };

export type Promised = { title: Both; due_at: string | null; state: string };

export type Job = {
  work_order: Sheet;
  /** False for who goes along: he reads, the lead acts. Absent from what an earlier app kept. */
  leads?: boolean;
  level: string;
  symptom: string;
  site: { name: string; address: string; latitude: number | null; longitude: number | null } | null;
  asset: { id: string; name: string; model: string; serial: string; location: string } | null;
  history: { number: string; finished_at: string; result: string; work_done: string }[];
  promises: Promised[];
  checklists: Checklist[];
  /** Ids of templates that may be begun. */
  offered: string[];
  asset_class: string;
  arrival: { way: string; distance_m: number | null; at: string } | null;
};

export type Kind = "step" | "report" | "sign" | "begin" | "lines" | "finish" | "need" | "next" | "hours";
export type Body = Record<string, unknown>;

/** `queued`: not known to the server; `applied`: done there, kept until the job is read again. */
export type State = "queued" | "applied" | "conflict" | "refused";

export type Operation = {
  id: string;
  job: string;
  order: number;
  kind: Kind;
  body: Body;
  occurred_at: string;
  offset_ms: number | null;
  base_version: number;
  after: string | null;
  instead_of: string | null;
  state: State;
  message: string;
  fields: Words;
  present: Partial<Sheet> | null;
};

export type Photo = {
  id: string;
  job: string;
  name: string;
  caption: string;
  /** Taken away once the server has all of it. */
  bytes: Uint8Array<ArrayBuffer> | null;
  /** A small copy for the screen, as a data address; empty for what was spoken. */
  small: string;
  sha256: string;
  size: number;
  taken_at: string;
  offset_ms: number | null;
  checklist_id: string;
  item: string;
  received: number;
  state: "queued" | "done" | "refused";
  message: string;
};

/** A job as it lies on the device; `gone`: it is not this person's any more, but something of it is
 * unsent. */
export type KeptJob = { id: string; job: Job; gone: boolean };
export type Draft = { key: string; values: [string, string][] };
