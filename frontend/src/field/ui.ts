/** Building elements, and forms whose every keystroke is kept. No markup is ever made from text. */
import { draftOf, keepDraft } from "./drafts";
import { setUp } from "./status";
import { isFull } from "./store";
import { t } from "./texts";

type Child = Node | string | null | false | undefined;
type Attributes = Record<string, string | boolean | EventListener | undefined>;

/** An element; a function among the attributes listens to the event of that name. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.filter((one): one is Node | string => one !== null && one !== false && one !== undefined && one !== ""));
  return element;
}

export function sheet(title: string, ...children: Child[]): HTMLElement {
  return h("section", { class: "sheet" }, title ? h("header", {}, h("h2", {}, title)) : null, h("div", { class: "inside stack" }, ...children));
}

/** Names and values side by side; those without a value are left out. */
export function pairs(rows: [string, Child][]): HTMLElement {
  return h("dl", { class: "pairs" }, ...rows.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, name), h("dd", { class: "words" }, value)]));
}

export function link(to: string, text: string, kind = "btn"): HTMLAnchorElement {
  return h("a", { href: to, class: kind }, text);
}

export function button(text: string, act: () => unknown, kind = "btn"): HTMLButtonElement {
  return h("button", { type: "button", class: kind, click: () => void attempt(act) }, text);
}

/** What cannot be kept for want of room is told, whichever button it was. */
async function attempt(act: () => unknown): Promise<void> {
  try {
    await act();
  } catch (problem) {
    if (!isFull(problem)) throw problem;
    setUp({ full: true });
    document.querySelector("#status")?.scrollIntoView();
  }
}

export function note(kind: "error" | "warning" | "success" | "", ...children: Child[]): HTMLElement {
  return h("div", { class: "note", "data-kind": kind || undefined, role: kind === "error" ? "alert" : "status" }, h("div", {}, ...children));
}

export type FieldOptions = { needed?: boolean; hint?: string; value?: string; type?: string; inputmode?: string; unit?: string };

let counted = 0;

export function textField(name: string, label: string, options: FieldOptions = {}): HTMLElement {
  const input = h("input", {
    name,
    class: "form-control",
    type: options.type ?? "text",
    inputmode: options.inputmode,
    value: options.value,
    required: options.needed,
    autocomplete: "off",
  });
  return labelled(input, label, options);
}

export function areaField(name: string, label: string, options: FieldOptions = {}): HTMLElement {
  const area = h("textarea", { name, class: "form-control", rows: "3", required: options.needed }, options.value ?? "");
  return labelled(area, label, options);
}

function labelled(control: HTMLElement, label: string, options: FieldOptions): HTMLElement {
  control.id = `f${(counted += 1)}`;
  const hint = options.hint ? h("span", { class: "hint", id: `${control.id}-hint` }, options.hint) : null;
  if (hint) control.setAttribute("aria-describedby", hint.id);
  const needed = options.needed ? null : h("span", { class: "needed" }, ` ${t("optional")}`);
  return h("div", { class: "field" }, h("label", { for: control.id }, label, needed), control, hint);
}

/** Choices as large buttons; `options` are code and text. */
export function choiceField(
  name: string,
  label: string,
  options: [string, string][],
  { needed, value, several }: { needed?: boolean; value?: string[]; several?: boolean } = {},
): HTMLFieldSetElement {
  return h(
    "fieldset",
    { class: "field" },
    h("legend", {}, label, needed ? null : h("span", { class: "needed" }, ` ${t("optional")}`)),
    h(
      "div",
      { class: "choices" },
      ...options.map(([code, text]) =>
        h(
          "label",
          {},
          h("input", {
            type: several ? "checkbox" : "radio",
            name,
            value: code,
            checked: value?.includes(code),
            required: needed && !several,
          }),
          text,
        ),
      ),
    ),
  );
}

/** The box to sign in, with the hidden field its strokes go to. */
export function padField(name = "strokes"): HTMLElement {
  const canvas = h("canvas", { width: "900", height: "300", role: "img", "aria-label": t("sign.box") });
  return h(
    "div",
    { class: "field", "data-pad": true },
    h("span", { class: "label" }, t("sign.signature")),
    h("div", { class: "signature", "data-signature": t("sign.here"), "data-empty": true }, canvas),
    h("input", { type: "hidden", name, "data-strokes": true }),
    h("div", { class: "row-line" }, h("button", { type: "button", class: "btn", "data-signature-clear": true }, t("sign.clear"))),
  );
}

export type Typed = {
  text: (name: string) => string;
  all: (name: string) => string[];
};

export function typedIn(form: HTMLFormElement): Typed {
  const data = new FormData(form);
  return {
    text: (name) => String(data.get(name) ?? "").trim(),
    all: (name) => data.getAll(name).map(String),
  };
}

/**
 * A form whose every change lies in the database at once, under `key`, and comes back from there.
 * `save` puts it into the outbox; the draft is to be taken away in the same breath.
 */
export async function keptForm(
  key: string,
  children: Child[],
  save: (typed: Typed, form: HTMLFormElement) => Promise<void>,
  label: string = t("save"),
): Promise<HTMLFormElement> {
  const wrong = h("div", { class: "notes" });
  const submit = h("button", { type: "submit", class: "btn btn-primary big" }, label);
  const form = h("form", { class: "stack kept", "data-draft": key }, ...children, wrong, h("div", { class: "form-actions" }, submit));
  const draft = await draftOf(key);
  if (draft) restore(form, draft.values);
  const keepIt = (): void => void keepTyped(key, form);
  form.addEventListener("input", keepIt);
  form.addEventListener("change", keepIt);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit.disabled = true;
    wrong.replaceChildren();
    // In a promise of its own: what is wrong may be found before anything is waited for.
    Promise.resolve()
      .then(() => save(typedIn(form), form))
      .catch((problem: unknown) => {
        setUp({ full: isFull(problem) });
        wrong.replaceChildren(note("error", isFull(problem) ? t("full") : problem instanceof Wrong ? problem.message : t("failed")));
        if (!(problem instanceof Wrong) && !isFull(problem)) console.error(problem);
      })
      .finally(() => {
        submit.disabled = false;
      });
  });
  return form;
}

/** What the person has to correct before it can be kept. */
export class Wrong extends Error {}

async function keepTyped(key: string, form: HTMLFormElement): Promise<void> {
  const values = [...new FormData(form)].filter((one): one is [string, string] => typeof one[1] === "string" && one[1] !== "");
  try {
    await keepDraft({ key, values });
    setUp({ full: false });
  } catch (problem) {
    setUp({ full: isFull(problem) });
  }
}

function restore(form: HTMLFormElement, values: [string, string][]): void {
  const names = new Set(values.map(([name]) => name));
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input[name], textarea[name]")) {
    const given = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") {
      (field as HTMLInputElement).checked = given.includes(field.value);
    } else if (field.type !== "file") field.value = names.has(field.name) ? (given[0] ?? "") : "";
  }
}
