/** The hours of whoever goes along; everything else of the visit is its lead's. */
import type { Screen } from "../main";
import { done } from "../moving";
import { lastOf } from "../rules";
import { setting } from "../store";
import { moment, t } from "../texts";
import type { Companion } from "../types";
import { h, keptForm, link, pairs, sheet, textField, Wrong, type Typed } from "../ui";
import { load, type Loaded } from "./loading";

/** A clock a little fast is no future. */
const TOLERANCE_MS = 120_000;

type Hours = { began_at: string | null; ended_at: string | null };

export async function hoursScreen(id: string): Promise<Screen | null> {
  const found = await load(id);
  const own = found && (await ownLine(found));
  if (!found || !own) return null;
  const key = `${id}/hours`;
  const before = hoursNow(found, own);
  const fields = [
    textField("began_at", t("hours.began_at"), { type: "datetime-local", needed: true, value: asTyped(before.began_at ?? arrivalOf(found)) }),
    textField("ended_at", t("hours.ended_at"), { type: "datetime-local", needed: true, value: asTyped(before.ended_at) }),
  ];
  // Each one on its way raises the version of the line by one.
  const ahead = found.operations.filter((one) => one.kind === "hours" && ["queued", "applied"].includes(one.state)).length;
  const save = (typed: Typed): Promise<void> =>
    done({ job: id, kind: "hours", body: { ...hoursIn(typed), version: own.version + ahead }, draft: key }, found.home);
  const form = await keptForm(key, fields, save);
  return { title: t("hours.title"), back: found.home, content: [sheet("", h("p", { class: "soft" }, t("hours.lead")), form)], still: true };
}

/** What stands of one's own hours, on the job's screen. */
export async function ownHours(found: Loaded): Promise<HTMLElement | null> {
  const own = await ownLine(found);
  if (!own) return null;
  const { began_at, ended_at } = hoursNow(found, own);
  const asLead = t("job.hours.as_lead", { name: found.job.work_order.assignee_name });
  const written = began_at && ended_at ? pairs([[t("hours.began_at"), moment(began_at)], [t("hours.ended_at"), moment(ended_at)]]) : h("p", {}, asLead);
  return sheet(t("job.hours"), written, link(`${found.home}/hours`, t("job.hours.write"), "btn btn-primary big"));
}

async function ownLine(found: Loaded): Promise<Companion | null> {
  return companionIn(found.job.work_order.companions, (await setting<{ id: string }>("person"))?.id);
}

export function companionIn(companions: Companion[] | undefined, person: string | undefined): Companion | null {
  return companions?.find((one) => one.person_id === person) ?? null;
}

function hoursNow(found: Loaded, own: Companion): Hours {
  const fitting = found.operations.filter((one) => one.state !== "conflict" && one.state !== "refused");
  return { ...own, ...lastOf(fitting, "hours")?.body };
}

function arrivalOf(found: Loaded): string | null {
  return found.job.arrival?.at ?? null;
}

/** An instant as the phone's own day and time, to the minute. */
export function asTyped(instant: string | null): string {
  if (!instant) return "";
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What was typed as instants. Raises Wrong for what cannot be. */
export function hoursIn(typed: Typed): { began_at: string; ended_at: string } {
  const [began, ended] = ["began_at", "ended_at"].map((name) => new Date(typed.text(name))) as [Date, Date];
  if (Number.isNaN(began.getTime()) || Number.isNaN(ended.getTime())) throw new Wrong(t("hours.wrong"));
  if (ended <= began) throw new Wrong(t("hours.order"));
  if (ended.getTime() > Date.now() + TOLERANCE_MS) throw new Wrong(t("hours.future"));
  return { began_at: began.toISOString(), ended_at: ended.toISOString() };
}
