/** What the person has to know at any time, in one place; the frame shows it. */
export type Status = {
  offline: boolean;
  sending: boolean;
  /** Milliseconds the phone's clock is wrong by, or null. */
  clockWrongBy: number | null;
  signedOut: boolean;
  /** Whoever is signed in may not carry out visits. */
  notAllowed: boolean;
  /** Somebody else's unsent work lies here. */
  otherPerson: string;
  /** What lies here waits for its owner to sign in again; nobody sees it. */
  locked: boolean;
  erased: boolean;
  full: boolean;
  newVersion: boolean;
  unsent: number;
  stuck: number;
};

const status: Status = {
  offline: false,
  sending: false,
  clockWrongBy: null,
  signedOut: false,
  notAllowed: false,
  otherPerson: "",
  locked: false,
  erased: false,
  full: false,
  newVersion: false,
  unsent: 0,
  stuck: 0,
};
const hearers = new Set<() => void>();

export function statusNow(): Readonly<Status> {
  return status;
}

export function setUp(changed: Partial<Status>): void {
  const differs = Object.entries(changed).some(([name, value]) => status[name as keyof Status] !== value);
  if (!differs) return;
  Object.assign(status, changed);
  for (const hear of hearers) hear();
}

/** Runs what reads the phone's store. Signing out closes it at any moment, also under what is under
 * way: then there is nothing left to do, and `null` comes back. */
export async function whileKept<T>(work: () => Promise<T>): Promise<T | null> {
  if (status.erased) return null;
  try {
    return await work();
  } catch (problem) {
    if (status.erased) return null;
    throw problem;
  }
}

export function onStatus(hear: () => void): void {
  hearers.add(hear);
}
