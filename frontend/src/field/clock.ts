/**
 * How far the server's clock is ahead of the device's. It goes with every operation, because device
 * time counts for the promises and a phone may be wrong by a day.
 */
import { isFull, keep, setting } from "./store";

/** From here on the person is told. The server reckons with the offset whatever it is. */
const NOTICEABLE_MS = 120_000;

/** Of one call: what the server said in the middle between asking and hearing. A slow call measures
 * badly, so what it cannot contradict stays. */
export async function measure(serverTime: string, askedAt: number, heardAt: number): Promise<void> {
  const server = Date.parse(serverTime);
  if (Number.isNaN(server)) return;
  const measured = Math.round(server - (askedAt + heardAt) / 2);
  const known = await setting<number>("offset_ms");
  if (known !== undefined && Math.abs(measured - known) <= (heardAt - askedAt) / 2) return;
  await keep("offset_ms", measured).catch((problem: unknown) => {
    // Without room for it the earlier one counts; what is sent shall not wait for that.
    if (!isFull(problem)) throw problem;
  });
}

/** Milliseconds the device is wrong by, when that matters; null when right or unknown. */
export async function wrongBy(): Promise<number | null> {
  const offset = await setting<number>("offset_ms");
  return offset !== undefined && Math.abs(offset) > NOTICEABLE_MS ? -offset : null;
}
