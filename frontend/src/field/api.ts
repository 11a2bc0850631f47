/** Calls of the server's API with the device's secret, and what their refusals mean here. */
import { measure } from "./clock";
import { setting } from "./store";
import { language } from "./texts";

const BASE = "/api/v1/field";
const LONGEST_MS = 30_000;

/** No answer came: no network, no server, or too slow. */
export class Unreachable extends Error {}

/** Whoever is signed in may not carry out visits. */
export class NotAllowed extends Error {}

/** The server refused. `code` and `details` as it said; `waitMs` when it named a time. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown>,
    readonly fields: Record<string, string>,
    readonly waitMs: number,
  ) {
    super(message);
  }

  /** The same sent again cannot succeed either; what is not allowed now may be allowed again. */
  get isFinal(): boolean {
    return this.status >= 400 && this.status < 500 && ![401, 403, 408, 409, 425, 429].includes(this.status);
  }
}

type Timed = { server_time?: string };

export async function call<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T> {
  const secret = await setting<string>("secret");
  const askedAt = Date.now();
  const answer = await reach(`${BASE}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${secret ?? ""}`,
      Accept: "application/json",
      "Accept-Language": language() === "zh" ? "zh-Hans" : "en",
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    credentials: "omit",
    cache: "no-store",
  });
  const heardAt = Date.now();
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw refusal(answer, said);
  if (said === null) throw new Unreachable();
  const { server_time } = said as Timed;
  if (server_time) await measure(server_time, askedAt, heardAt);
  return said as T;
}

/** A call that ends; a proxy's error page is no answer of ours. */
export async function reach(path: string, request: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { ...request, signal: AbortSignal.timeout(LONGEST_MS) });
  } catch {
    throw new Unreachable();
  }
  if (answer.status >= 502 && answer.status <= 504 && !answer.headers.get("Retry-After")) throw new Unreachable();
  return answer;
}

function refusal(answer: Response, said: unknown): Refused {
  const error = ((said as { error?: Record<string, unknown> } | null)?.error ?? {}) as {
    code?: string;
    message?: string;
    details?: Record<string, unknown>;
    fields?: Record<string, string>;
  };
  const wait = Number(answer.headers.get("Retry-After"));
  return new Refused(
    answer.status,
    error.code ?? "",
    error.message ?? "",
    error.details ?? {},
    error.fields ?? {},
    Number.isFinite(wait) ? wait * 1000 : 0,
  );
}
