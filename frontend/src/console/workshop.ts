/**
 * A plan as form and file side by side. Each change, in the form or in the text, goes to the server
 * with the whole text; its answer brings the form, the findings and, after the form, the new text.
 * One change at a time, each on the text the last one gave.
 */
import { whenPresent } from "../shared/dom";

const PAUSE_MS = 500;

type Change = { act: string; path: string; values: string[] };

class Workshop {
  private readonly text: HTMLTextAreaElement;
  private readonly numbers: HTMLElement;
  private readonly at: HTMLInputElement;
  private waiting: Promise<void> = Promise.resolve();
  private timer = 0;
  private typed = 0;

  constructor(private readonly form: HTMLFormElement) {
    this.text = form.querySelector<HTMLTextAreaElement>("textarea[name='source']")!;
    this.numbers = form.querySelector<HTMLElement>(".numbers")!;
    this.at = form.querySelector<HTMLInputElement>("input[name='at']")!;
    this.text.addEventListener("input", () => this.later());
    this.text.addEventListener("scroll", () => this.follow());
    form.addEventListener("change", (event) => this.changed(event.target as HTMLElement));
    form.addEventListener("click", (event) => this.clicked(event));
    form.addEventListener("keydown", (event) => this.entered(event));
    this.count();
  }

  /** The text was typed in: the form follows when the fingers rest. */
  private later(): void {
    this.typed += 1;
    this.count();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send({ act: "", path: "", values: [] }), PAUSE_MS);
  }

  private changed(field: HTMLElement): void {
    if (field instanceof HTMLSelectElement && field.dataset.clauses !== undefined) this.open(field.value);
    const path = field.dataset.path;
    if (path === undefined || field instanceof HTMLButtonElement) return;
    const way = field.id.startsWith("way-");
    const mates = way ? [field] : [...this.form.querySelectorAll<HTMLElement>(`[name='value'][data-path="${CSS.escape(path)}"]`)].filter((one) => !one.id.startsWith("way-"));
    this.send({ act: "set", path, values: mates.map((one) => (one as HTMLInputElement).value) });
  }

  private clicked(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[type='button']");
    if (!button) return;
    const { act, path, open, line, column, namedBy } = button.dataset;
    if (open !== undefined) this.open(open);
    else if (line !== undefined) this.show(Number(line), Number(column ?? 1), true);
    else if (act !== undefined && path !== undefined) {
      const named = namedBy ? document.getElementById(namedBy) : null;
      this.send({ act, path, values: named ? [(named as HTMLInputElement).value] : [] });
    }
  }

  /** Enter in a field of the form takes the field over; it does not save the draft. */
  private entered(event: KeyboardEvent): void {
    const field = event.target as HTMLElement;
    if (event.key !== "Enter" || !(field instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (field.dataset.path !== undefined) this.changed(field);
    else field.parentElement?.querySelector<HTMLButtonElement>("[data-act]")?.click();
  }

  private open(at: string): void {
    this.at.value = at || "head";
    this.send({ act: "", path: "", values: [] }, true);
  }

  private send(change: Change, show = false): void {
    this.waiting = this.waiting.then(() => this.exchange(change, show)).catch(() => undefined);
  }

  private async exchange(change: Change, show: boolean): Promise<void> {
    const typed = this.typed;
    const body = new URLSearchParams({ source: this.text.value, at: this.at.value, act: change.act, path: change.path });
    for (const one of change.values) body.append("value", one);
    const token = this.form.querySelector<HTMLInputElement>("[name='csrfmiddlewaretoken']")!.value;
    const answer = await fetch(this.form.dataset.workshop!, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token },
      redirect: "manual",
    });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const text = page.querySelector<HTMLTextAreaElement>("#plan-text");
    // Who went on typing meanwhile is asked about again; nothing he typed is overwritten.
    if (text && typed === this.typed) this.text.value = text.value;
    this.replace(page, "plan-form");
    this.replace(page, "plan-findings");
    const form = document.getElementById("plan-form");
    if (form?.dataset.at) this.at.value = form.dataset.at;
    this.count();
    if (form && (show || change.act === "add")) this.show(Number(form.dataset.line), 1, false);
  }

  /** Puts the new part in, with the focus and the opened lists where they were. */
  private replace(page: Document, id: string): void {
    const old = document.getElementById(id);
    const fresh = page.getElementById(id);
    if (!old || !fresh) return;
    const focused = document.activeElement;
    const focus = old.contains(focused) ? focused?.id : "";
    const opened = [...old.querySelectorAll("details[open]")].map((one) => one.id);
    old.replaceWith(document.adoptNode(fresh));
    for (const one of opened) document.getElementById(one)?.setAttribute("open", "");
    if (focus) document.getElementById(focus)?.focus();
  }

  private show(line: number, column: number, select: boolean): void {
    const lines = this.text.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
    const height = this.text.scrollHeight / Math.max(lines.length, 1);
    this.text.scrollTop = Math.max(0, (line - 4) * height);
    if (select) {
      this.text.focus();
      this.text.setSelectionRange(start, start + Math.max(1, (lines[line - 1]?.length ?? 0) - column + 1));
    }
    this.follow();
  }

  private count(): void {
    const lines = this.text.value.split("\n").length;
    if (this.numbers.childElementCount === lines) return;
    this.numbers.replaceChildren(
      ...Array.from({ length: lines }, (_, place) => {
        const one = document.createElement("div");
        one.textContent = String(place + 1);
        return one;
      }),
    );
    this.follow();
  }

  private follow(): void {
    this.numbers.scrollTop = this.text.scrollTop;
  }
}

export function startWorkshop(): void {
  whenPresent<HTMLFormElement>("form[data-workshop]", (form) => {
    new Workshop(form);
  });
}
