/** The words on screen, as the server's catalogue has them, and the rules that come with them. */
import type { Both, Words } from "./types";

type Catalogue = {
  texts: Words;
  states: Words;
  steps: Words;
  leads: Words;
  promises: Words;
  accessories: Words;
  satisfactions: Words;
  dissatisfactions: Words;
  counted: Words;
  needs: Words;
  /** By kind of step: from which state to which. */
  moves: Record<string, Words>;
  map_link: string;
};
type Language = "zh" | "en";

const CHOICE = "yinuo-field-language";
let spoken: Language = "zh";
let catalogue: Catalogue | null = null;

export function language(): Language {
  return spoken;
}

export function locale(): string {
  return spoken === "zh" ? "zh-CN" : "en-GB";
}

/** Reads the catalogue of the chosen language, else the phone's; it lies in the app's cache. */
export async function loadTexts(): Promise<void> {
  const chosen = localStorage.getItem(CHOICE) ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  spoken = chosen === "en" ? "en" : "zh";
  const answer = await fetch(`/field/words/${spoken}.json`);
  catalogue = (await answer.json()) as Catalogue;
  document.documentElement.lang = spoken === "zh" ? "zh-Hans" : "en";
  document.title = t("title");
}

export async function speak(chosen: Language): Promise<void> {
  localStorage.setItem(CHOICE, chosen);
  await loadTexts();
}

export function words(): Catalogue {
  if (!catalogue) throw new Error("texts are not loaded");
  return catalogue;
}

/** A text of the app; `{name}` in it is replaced. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = words().texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The reader's one of two texts that are data. */
export function both(text: Both): string {
  return spoken === "zh" ? text.zh || text.en : text.en || text.zh;
}

export function moment(instant: string | number | Date): string {
  const at = new Date(instant);
  const sameYear = at.getFullYear() === new Date().getFullYear();
  return at.toLocaleString(locale(), {
    ...(sameYear ? {} : { year: "numeric" }),
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}

export function day(instant: string | Date): string {
  return new Date(instant).toLocaleDateString(locale(), { month: "short", day: "numeric", weekday: "short" });
}

/** "2 h 05 min", for how much a clock is wrong. */
export function length(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours >= 48) return t("days", { n: Math.round(hours / 24) });
  return hours ? t("hours", { h: hours, m: rest }) : t("minutes", { m: rest });
}
