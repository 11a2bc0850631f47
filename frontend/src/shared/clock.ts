/**
 * Time left, ticking. The server sends due instants and the words; the browser only counts.
 * Its own clock may be wrong, so it counts from the server's time in <html data-now>.
 */
const DAY = 86_400;

let ahead = 0;

/** The server's time now, in milliseconds. */
function now(): number {
  return Date.now() + ahead;
}

/** "2 天 03:10:09", "1:23:45", "4:09": the largest unit first, seconds always there. */
export function span(seconds: number, dayWord: string): string {
  const whole = Math.floor(Math.abs(seconds));
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / 3600);
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor((whole % 3600) / 60);
  const clock = `${two(hours)}:${two(minutes)}:${two(whole % 60)}`;
  if (days > 0) return `${days} ${dayWord} ${clock}`;
  return hours > 0 ? clock.replace(/^0/, "") : `${minutes}:${two(whole % 60)}`;
}

/** Green with much time, amber in the last quarter, red when over: the only use of these colours. */
export function tone(left: number, whole: number): "calm" | "soon" | "over" {
  if (left < 0) return "over";
  return left < whole / 4 ? "soon" : "calm";
}

function tick(element: HTMLElement): void {
  const { due, start, left = "", over = "", day = "" } = element.dataset;
  const dueAt = Date.parse(due ?? "");
  const startAt = Date.parse(start ?? "");
  if (Number.isNaN(dueAt)) return;
  const seconds = (dueAt - now()) / 1000;
  const whole = Number.isNaN(startAt) ? DAY : (dueAt - startAt) / 1000;
  const text = `${seconds < 0 ? over : left} ${span(seconds, day)}`;
  if (element.textContent !== text) element.textContent = text;
  const bar = element.closest<HTMLElement>("[data-bar]") ?? element;
  const next = tone(seconds, whole);
  if (bar.dataset.tone !== next) bar.dataset.tone = next;
  if (whole > 0) fill(bar, 1 - seconds / whole);
}

/** Moves the bar by an SVG attribute: the content policy allows no style attribute. */
function fill(bar: HTMLElement, share: number): void {
  const width = `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(2)}%`;
  bar.querySelector("[data-fill]")?.setAttribute("width", width);
}

export function startClock(): void {
  const sent = Date.parse(document.documentElement.dataset.now ?? "");
  if (!Number.isNaN(sent)) ahead = sent - Date.now();
  const all = (): void => {
    for (const element of document.querySelectorAll<HTMLElement>("[data-due]")) tick(element);
  };
  all();
  window.setInterval(all, 1000);
  document.addEventListener("htmx:after:swap", all);
}
