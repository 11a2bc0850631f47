/** The jobs of today and those to come, in the order of their time. */
import type { Screen } from "../main";
import { runningOf, stateOf } from "../rules";
import { database, operationsOf, setting } from "../store";
import { both, day, moment, t, words } from "../texts";
import { timeLeft } from "../ticking";
import type { KeptJob } from "../types";
import { h } from "../ui";

export async function jobsScreen(): Promise<Screen> {
  const jobs = (await database.jobs.toArray()).sort((a, b) => whenOf(a) - whenOf(b));
  const groups = new Map<string, HTMLElement[]>();
  for (const one of jobs) {
    const name = groupOf(one);
    groups.set(name, [...(groups.get(name) ?? []), await card(one)]);
  }
  const content = [...groups].map(([name, cards]) =>
    h("section", { class: "stack" }, h("h2", {}, name), h("ul", { class: "plain stack" }, ...cards)),
  );
  return { title: t("jobs.title"), back: "", content: content.length ? [...content, await age()] : [await nothing()] };
}

async function nothing(): Promise<HTMLElement> {
  const fetched = await setting<number>("fetched_at");
  if (fetched === undefined) return h("p", { class: "empty" }, t("jobs.not_yet"));
  return h("div", { class: "empty" }, h("h2", {}, t("jobs.none")), h("p", {}, t("jobs.none.text")));
}

async function age(): Promise<HTMLElement> {
  const fetched = await setting<number>("fetched_at");
  return h("p", { class: "soft" }, fetched === undefined ? "" : t("jobs.fetched", { at: moment(fetched) }));
}

function wanted(one: KeptJob): string | null {
  return one.job.work_order.agreed_for ?? one.job.work_order.service_at;
}

function whenOf(one: KeptJob): number {
  const at = wanted(one);
  const [next] = runningOf(one.job);
  return Date.parse(at ?? next?.due_at ?? "2100-01-01");
}

function groupOf(one: KeptJob): string {
  const at = wanted(one);
  if (!at || Date.parse(at) < endOfDay()) return t("jobs.today");
  return day(at);
}

function endOfDay(): number {
  const end = new Date();
  end.setHours(24, 0, 0, 0);
  return end.getTime();
}

async function card(one: KeptJob): Promise<HTMLElement> {
  const { work_order: order, site } = one.job;
  const operations = await operationsOf(one.id);
  const unsent = operations.filter((two) => two.state !== "applied").length;
  const at = wanted(one);
  const [next] = runningOf(one.job);
  const state = stateOf(one, operations);
  return h(
    "li",
    {},
    h(
      "a",
      { class: "sheet card", href: `#/job/${one.id}` },
      h("span", { class: "row-line" }, h("strong", {}, at ? moment(at) : t("jobs.no_time")), h("span", { class: "tag accent" }, words().states[state] ?? state), unsent ? h("span", { class: "tag", "data-tone": "soon" }, t("badge.unsent", { n: unsent })) : null),
      h("strong", { class: "title" }, order.customer_name),
      h("span", { class: "words" }, order.work_wanted),
      h("span", { class: "soft" }, order.address || site?.address || ""),
      next ? h("span", { class: "row-line soft" }, both(next.title), timeLeft(next.due_at)) : null,
    ),
  );
}
