/**
 * What the field app holds in this browser, for the moments when it has to go: signing out, in the
 * app or in any page beside it, and somebody else signing in. Unsent work is never thrown away here:
 * it stays, hidden, for the one who typed it (ADR 0013).
 */
export const STORE = "yinuo-field";
/** Before the name of a form whose text lies aside, where the store was full. */
export const ASIDE = "yinuo-draft:";
/** Told here: this browser was signed out. */
export const LEFT = "yinuo-left";

const SCOPE = "/field/";
/** What remains known of a hidden store: whose it is. */
const KEPT_SETTINGS = ["person", "account"];
/** Of these only what the server has is taken away while something is unsent. */
const TAKEN = { operations: "applied", photos: "done" };

export type Phone = { account: string; device: string; locked: boolean; unsent: number };

/** The mark of the account that is signed in with this browser; empty when nobody is. */
export function accountHere(): string {
  return /(?:^|; )__Host-yinuo_account=(\w+)/.exec(document.cookie)?.[1] ?? "";
}

/** What lies here, null when the app was never used with this browser. */
export async function phoneHere(): Promise<Phone | null> {
  const store = await opened();
  if (!store) return null;
  try {
    const read = store.transaction([...store.objectStoreNames]);
    const [account, device, locked] = await Promise.all(
      ["account", "device_id", "locked"].map((key) => asked<{ value: unknown } | undefined>(read.objectStore("settings").get(key))),
    );
    const all = await Promise.all(["operations", "photos"].map((name) => asked<number>(read.objectStore(name).count())));
    const drafts = await asked<string[]>(read.objectStore("drafts").getAllKeys());
    const taken = await Promise.all(
      Object.entries(TAKEN).map(([name, state]) => asked<number>(read.objectStore(name).index("state").count(state))),
    );
    const typed = new Set([...drafts, ...namesAside()]).size;
    const unsent = [...all, ...taken.map((one) => -one)].reduce((sum, one) => sum + one, typed);
    return { account: String(account?.value ?? ""), device: String(device?.value ?? ""), locked: Boolean(locked), unsent };
  } finally {
    store.close();
  }
}

/** Takes away everything, or everything but what is unsent, which nobody sees until its owner is back. */
export async function clearPhone(keepsUnsent: boolean): Promise<void> {
  if (!keepsUnsent) for (const name of namesAside()) localStorage.removeItem(ASIDE + name);
  const store = await opened();
  if (!store) return;
  const write = store.transaction([...store.objectStoreNames], "readwrite");
  const settings = write.objectStore("settings");
  const known = keepsUnsent ? await Promise.all(KEPT_SETTINGS.map((key) => asked<unknown>(settings.get(key)))) : [];
  for (const name of store.objectStoreNames) if (!keepsUnsent || !Object.hasOwn({ ...TAKEN, drafts: "" }, name)) write.objectStore(name).clear();
  if (keepsUnsent) {
    for (const one of known) if (one) settings.put(one);
    settings.put({ key: "locked", value: true });
    for (const [name, state] of Object.entries(TAKEN)) removeAll(write.objectStore(name).index("state"), state);
  }
  await new Promise<void>((done, fail) => {
    write.oncomplete = () => done();
    write.onerror = write.onabort = () => fail(write.error ?? new Error("not cleared"));
  });
  store.close();
}

/** The forms whose text lies aside. */
export function namesAside(): string[] {
  return Object.keys(localStorage).filter((one) => one.startsWith(ASIDE)).map((one) => one.slice(ASIDE.length));
}

/** Takes the app itself off this browser: its store, caches and service worker. */
export async function removeApp(): Promise<void> {
  await new Promise<void>((done) => {
    const gone = indexedDB.deleteDatabase(STORE);
    // Another window has it open still; what was in it is gone already.
    gone.onsuccess = gone.onblocked = gone.onerror = () => done();
  });
  for (const name of await caches.keys()) await caches.delete(name);
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    if (new URL(one.scope).pathname === SCOPE) await one.unregister();
  }
}

/** Lets the app's other windows know that they hold nothing any more. */
export function tellLeft(): void {
  const channel = new BroadcastChannel(LEFT);
  channel.postMessage("left");
  channel.close();
}

function opened(): Promise<IDBDatabase | null> {
  return new Promise((give) => {
    const wanted = indexedDB.open(STORE);
    // There is none, and looking for it shall not make one.
    wanted.onupgradeneeded = () => wanted.transaction?.abort();
    wanted.onsuccess = () => give(wanted.result);
    wanted.onerror = () => give(null);
  });
}

function asked<T>(request: IDBRequest): Promise<T> {
  return new Promise((give, fail) => {
    request.onsuccess = () => give(request.result as T);
    request.onerror = () => fail(request.error ?? new Error("not read"));
  });
}

function removeAll(index: IDBIndex, state: string): void {
  const walk = index.openCursor(state);
  walk.onsuccess = () => {
    if (!walk.result) return;
    walk.result.delete();
    walk.result.continue();
  };
}
