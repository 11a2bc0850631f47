/**
 * A signature drawn with finger, pen or mouse. It goes into the form as whole-numbered points in a
 * frame of 900 by 300, never as a picture; the server draws it anew.
 */
import { whenPresent } from "./dom";

const WIDTH = 900;
const HEIGHT = 300;
// Points closer together than this say nothing about the line.
const NEAREST = 3;

type Point = [x: number, y: number];
type Stroke = Point[];

function within(value: number, most: number): number {
  return Math.max(0, Math.min(most, Math.round(value)));
}

function pointOf(canvas: HTMLCanvasElement, event: PointerEvent): Point {
  const frame = canvas.getBoundingClientRect();
  return [
    within(((event.clientX - frame.left) / frame.width) * WIDTH, WIDTH),
    within(((event.clientY - frame.top) / frame.height) * HEIGHT, HEIGHT),
  ];
}

function read(field: HTMLInputElement): Stroke[] {
  try {
    const found: unknown = JSON.parse(field.value || "[]");
    return Array.isArray(found) ? (found as Stroke[]) : [];
  } catch {
    return [];
  }
}

function paint(canvas: HTMLCanvasElement, strokes: Stroke[]): void {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.clearRect(0, 0, WIDTH, HEIGHT);
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.lineWidth = 5;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  for (const stroke of strokes) {
    const [first, ...rest] = stroke;
    if (!first) continue;
    pen.beginPath();
    pen.moveTo(...first);
    for (const point of rest.length ? rest : [first]) pen.lineTo(...point);
    pen.stroke();
  }
}

/** Makes the canvas of `frame` write into the hidden field `[data-strokes]` of its form, or of its own
 * part `[data-pad]` where a form has several. */
export function setPad(frame: HTMLElement): void {
  const canvas = frame.querySelector("canvas");
  const form = frame.closest("form");
  const part = frame.closest<HTMLElement>("[data-pad]") ?? form;
  const field = part?.querySelector<HTMLInputElement>("[data-strokes]");
  if (!canvas || !form || !part || !field) return;
  let strokes = read(field);
  let current: Stroke | null = null;
  const show = (): void => {
    paint(canvas, strokes);
    frame.toggleAttribute("data-empty", strokes.length === 0);
  };
  const keep = (): void => {
    field.value = strokes.length ? JSON.stringify(strokes) : "";
    show();
    // The draft of the form is kept on every change.
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    current = [pointOf(canvas, event)];
    strokes.push(current);
    show();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!current || !event.isPrimary) return;
    for (const one of event.getCoalescedEvents?.() ?? [event]) {
      const point = pointOf(canvas, one);
      const last = current[current.length - 1] ?? point;
      if (Math.hypot(point[0] - last[0], point[1] - last[1]) >= NEAREST) current.push(point);
    }
    show();
  });
  const lift = (): void => {
    if (!current) return;
    current = null;
    keep();
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  part.querySelector("[data-signature-clear]")?.addEventListener("click", () => {
    strokes = [];
    keep();
  });
  // A draft came back: what was drawn before stands there again.
  form.addEventListener("change", (event) => {
    if (event.target !== form) return;
    strokes = read(field);
    show();
  });
  show();
}

export function startSignature(): void {
  whenPresent<HTMLElement>("[data-signature]", setPad);
}
