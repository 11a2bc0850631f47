/** Which person this device belongs to, and how it comes to its secret and loses it. */
import { reach, Unreachable } from "./api";
import { setUp } from "./status";
import { countUnsent, database, keep, setting, wipe } from "./store";

const HERE = "/field/device/";

export type Person = { id: string; name: string };
type Known = { person: Person; csrf: string };
type Registered = { person: Person; device_id: string; secret: string };

/** Asks for a secret with the session of the browser. `false`: nobody is signed in.
 *
 * Somebody else's unsent work is never sent in another name: then it stays as it is and the person
 * is told who has to sign in.
 */
export async function register(): Promise<boolean> {
  const known = await answered<Known>(await reach(HERE, { headers: { Accept: "application/json" } }));
  if (!known) return false;
  const before = await setting<Person>("person");
  if (before && before.id !== known.person.id) {
    if (await countUnsent()) {
      setUp({ otherPerson: before.name });
      return false;
    }
    await database.transaction("rw", database.tables, async () => {
      for (const table of database.tables) await table.clear();
    });
  }
  const form = new URLSearchParams({ name: phoneName(), csrfmiddlewaretoken: known.csrf });
  const made = await answered<Registered>(await reach(HERE, { method: "POST", body: form }));
  if (!made) return false;
  await keep("secret", made.secret);
  await keep("device_id", made.device_id);
  await keep("person", made.person);
  setUp({ signedOut: false, otherPerson: "" });
  void navigator.storage?.persist?.();
  return true;
}

async function answered<T>(answer: Response): Promise<T | null> {
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Unreachable();
  return (await answer.json()) as T;
}

/** Ends this device on the server, when it can be reached, and leaves nothing here. */
export async function signOut(): Promise<void> {
  const id = await setting<string>("device_id");
  try {
    const known = await answered<Known>(await reach(HERE, {}));
    if (known && id) {
      const form = new URLSearchParams({ csrfmiddlewaretoken: known.csrf });
      await reach(`/field/devices/${id}/revoke/`, { method: "POST", body: form });
    }
  } catch {
    // Out of reach: its secret ends by itself, and what it opened is gone from here.
  }
  await erase();
  location.assign("/accounts/logout/");
}

/** Nothing of the person stays: database, caches, service worker. */
export async function erase(): Promise<void> {
  await wipe();
  for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
    if (new URL(one.scope).pathname === "/field/") await one.unregister();
  }
}

/** What the person recognises the phone by in the list of devices. */
function phoneName(): string {
  const agent = navigator.userAgent;
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0] ?? "";
  const browser = /Edg|MicroMessenger|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? "";
  return [system, browser].filter(Boolean).join(" · ") || "Browser";
}
