/** From screen to screen, and into the outbox. */
import { setUp } from "./status";
import { enqueue, type Done } from "./store";
import { recount, sync } from "./sync";

export const REDRAW = "yinuo-redraw";

export function redraw(): void {
  window.dispatchEvent(new Event(REDRAW));
}

export function go(to: string): void {
  if (location.hash === to) redraw();
  else location.hash = to;
}

/** Keeps what was done, goes on, and lets it be sent; the person never waits for the network. */
export async function done(what: Done, to: string): Promise<void> {
  await enqueue(what);
  setUp({ full: false });
  await recount();
  go(to);
  void sync();
}
