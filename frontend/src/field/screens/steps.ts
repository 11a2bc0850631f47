/** Steps that ask something: the call before leaving, the arrival, a refusal. */
import type { Screen } from "../main";
import { done } from "../moving";
import { hasCamera, readCode } from "../scanning";
import { t, words } from "../texts";
import type { Body } from "../types";
import { areaField, button, choiceField, h, keptForm, note, sheet, textField, Wrong, type Typed } from "../ui";
import { load, type Loaded } from "./loading";

const FORMS: Record<string, (found: Loaded, key: string) => Promise<HTMLElement[]>> = { appointed, arrived, declined };

export async function stepScreen(id: string, kind: string): Promise<Screen | null> {
  const found = await load(id);
  const make = FORMS[kind];
  if (!found || !make) return null;
  const lead = words().leads[kind];
  const content = await make(found, `${id}/step/${kind}`);
  return {
    title: words().steps[kind] ?? kind,
    back: found.home,
    content: [sheet("", lead ? h("p", { class: "soft" }, lead) : null, ...content)],
    still: true,
  };
}

async function step(found: Loaded, key: string, fields: Node[], body: (typed: Typed) => Body, kind: string): Promise<HTMLElement> {
  const save = (typed: Typed): Promise<void> => done({ job: found.id, kind: "step", body: { kind, ...body(typed) }, draft: key }, found.home);
  return keptForm(key, fields, save, words().steps[kind]);
}

async function appointed(found: Loaded, key: string): Promise<HTMLElement[]> {
  const fields = [
    textField("agreed_for", t("step.agreed_for"), { type: "datetime-local", needed: true }),
    textField("way", t("step.way"), { needed: true, hint: t("step.way.hint") }),
  ];
  const body = (typed: Typed): Body => {
    const at = new Date(typed.text("agreed_for"));
    if (Number.isNaN(at.getTime())) throw new Wrong(t("step.agreed_for.wrong"));
    return { agreed_for: at.toISOString(), way: typed.text("way") };
  };
  return [await step(found, key, fields, body, "appointed")];
}

async function declined(found: Loaded, key: string): Promise<HTMLElement[]> {
  const fields = [areaField("reason", t("why"), { needed: true })];
  return [await step(found, key, fields, (typed) => ({ reason: typed.text("reason") }), "declined")];
}

/** By position, by the code on site, or neither with the reason: each is recorded (B-41). */
async function arrived(found: Loaded, key: string): Promise<HTMLElement[]> {
  const ways: [string, string][] = [
    ["position", t("arrive.position")],
    ["code", t("arrive.code")],
    ["skipped", t("arrive.skipped")],
  ];
  const hidden = ["latitude", "longitude", "accuracy_m"].map((name) => h("input", { type: "hidden", name }));
  const said = h("div", { class: "stack", "aria-live": "polite" });
  const position = h("div", { class: "stack", "data-way": "position" }, button(t("arrive.locate"), () => locate(hidden, said), "btn big"), said);
  const code = h("div", { class: "stack", "data-way": "code" }, textField("code", t("arrive.code.label"), { needed: true }), ...scanner());
  const skipped = h("div", { class: "stack", "data-way": "skipped" }, areaField("reason", t("arrive.reason"), { needed: true }));
  const fields = [choiceField("way", t("arrive.how"), ways, { needed: true }), position, code, skipped, ...hidden];
  const form = (await step(found, key, fields, (typed) => ({ arrival: arrival(typed) }), "arrived")) as HTMLFormElement;
  const choose = (): void => {
    const chosen = new FormData(form).get("way");
    for (const one of form.querySelectorAll<HTMLElement>("[data-way]")) {
      one.hidden = one.dataset.way !== chosen;
      for (const field of one.querySelectorAll<HTMLInputElement>("input, textarea")) field.disabled = one.hidden;
    }
  };
  form.addEventListener("change", choose);
  choose();
  return [form];
}

function arrival(typed: Typed): Body {
  const way = typed.text("way");
  if (way === "code") return { way, code: typed.text("code") };
  if (way === "skipped") {
    if (!typed.text("reason")) throw new Wrong(t("arrive.reason.missing"));
    return { way, reason: typed.text("reason") };
  }
  if (!typed.text("latitude")) throw new Wrong(t("arrive.locate.first"));
  const [latitude, longitude, accuracy] = ["latitude", "longitude", "accuracy_m"].map((name) => Number(typed.text(name)));
  return { way, latitude, longitude, accuracy_m: accuracy };
}

function locate(hidden: HTMLInputElement[], said: HTMLElement): void {
  said.replaceChildren(h("p", { class: "soft" }, t("arrive.locating")));
  const found = ({ coords }: GeolocationPosition): void => {
    const values = [coords.latitude.toFixed(6), coords.longitude.toFixed(6), String(Math.round(coords.accuracy))];
    hidden.forEach((field, at) => {
      field.value = values[at] ?? "";
    });
    hidden[0]?.dispatchEvent(new Event("input", { bubbles: true }));
    said.replaceChildren(note("success", t("arrive.located", { m: Math.round(coords.accuracy) })));
  };
  const failed = (): void => said.replaceChildren(note("warning", t("arrive.locate.failed")));
  if (!navigator.geolocation) failed();
  else navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 });
}

/** The camera reads the code; without one it is typed. */
function scanner(): HTMLElement[] {
  if (!hasCamera()) return [];
  const video = h("video", { class: "scanner", muted: true, playsinline: true, hidden: true, "aria-label": t("arrive.scan") });
  const scan = async (): Promise<void> => {
    const input = video.closest("form")?.querySelector<HTMLInputElement>("[name=code]");
    if (!input || video.srcObject) return;
    const before = input.value;
    // Whoever begins to type, or chooses another way, needs the camera no more.
    const code = await readCode(video, () => input.disabled || input.value !== before).catch(() => null);
    video.srcObject = null;
    if (code === null) return void video.replaceWith(note("warning", t("arrive.scan.failed")));
    if (!code) return;
    input.value = code.slice(0, 200);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  return [button(t("arrive.scan"), scan, "btn big"), video];
}
