/** The board: a visit dragged into somebody's hours fills the form beside it and sends it. */
import { whenPresent } from "../shared/dom";

const STEP_MINUTES = 15;
const WEEK_STEP_MINUTES = 30;
const DRAGGED_FROM = 5;

interface Drop {
  person: string;
  at: string;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** The local time under a place in a lane, as a field of date and time takes it. */
function timeAt(board: HTMLElement, lane: Element, x: number): string {
  const { first = "", days = "1", from = "0", to = "24" } = board.dataset;
  const box = lane.getBoundingClientRect();
  const share = Math.min(Math.max((x - box.left) / box.width, 0), 0.9999) * Number(days);
  const day = Math.floor(share);
  const span = (Number(to) - Number(from)) * 60;
  const step = Number(days) > 1 ? WEEK_STEP_MINUTES : STEP_MINUTES;
  const minute = Number(from) * 60 + Math.round(((share - day) * span) / step) * step;
  // Noon keeps the date when clocks change; only the date is read.
  const date = new Date(`${first}T12:00:00`);
  date.setDate(date.getDate() + day + Math.floor(minute / 1440));
  const within = minute % 1440;
  const shown = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${shown}T${two(Math.floor(within / 60))}:${two(within % 60)}`;
}

function dropAt(board: HTMLElement, event: PointerEvent): Drop | undefined {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  const lane = under?.closest<SVGElement>("[data-lane]");
  mark(board, lane);
  if (!lane) return undefined;
  return { person: lane.dataset.lane ?? "", at: timeAt(board, lane, event.clientX) };
}

function mark(board: HTMLElement, lane: Element | null | undefined): void {
  for (const one of board.querySelectorAll("[data-over]")) {
    if (one !== lane) one.removeAttribute("data-over");
  }
  lane?.setAttribute("data-over", "");
}

function send(sheet: string, drop: Drop): void {
  const form = document.querySelector<HTMLFormElement>("#place");
  if (!form) return;
  const values: Record<string, string> = { sheet, person_id: drop.person, starts_at: drop.at };
  for (const [name, value] of Object.entries(values)) {
    const field = form.querySelector<HTMLInputElement | HTMLSelectElement>(`[name='${name}']`);
    if (field) field.value = value;
  }
  form.requestSubmit();
}

function follow(board: HTMLElement, source: Element, began: PointerEvent): void {
  const sheet = (source as HTMLElement | SVGElement).dataset.sheet ?? "";
  let shown: HTMLElement | undefined;
  let drop: Drop | undefined;

  const move = (event: PointerEvent): void => {
    const far = Math.hypot(event.clientX - began.clientX, event.clientY - began.clientY);
    if (!shown && far < DRAGGED_FROM) return;
    if (!shown) {
      shown = document.createElement("div");
      shown.className = "board-dragged";
      document.body.append(shown);
    }
    event.preventDefault();
    drop = dropAt(board, event);
    shown.textContent = drop ? drop.at.slice(5).replace("T", " ") : "…";
    shown.style.left = `${event.clientX + 12}px`;
    shown.style.top = `${event.clientY + 12}px`;
  };
  const end = (event: Event): void => {
    document.removeEventListener("pointermove", move);
    document.removeEventListener("pointerup", end);
    document.removeEventListener("pointercancel", end);
    document.removeEventListener("keydown", leave);
    shown?.remove();
    mark(board, null);
    if (event.type === "pointerup" && shown && drop) send(sheet, drop);
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key === "Escape") end(event);
  };
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", end);
  document.addEventListener("pointercancel", end);
  document.addEventListener("keydown", leave);
}

export function startBoard(): void {
  whenPresent<HTMLElement>("[data-board]", (board) => {
    const page = board.closest("main") ?? document.body;
    page.addEventListener("pointerdown", (event) => {
      const target = event.target as Element;
      const source = target.closest("[data-sheet]");
      // A finger scrolls; links stay links.
      if (!source || event.pointerType === "touch" || event.button !== 0) return;
      if (target.closest("a, button")) return;
      event.preventDefault();
      follow(board, source, event);
    });
  });
}
