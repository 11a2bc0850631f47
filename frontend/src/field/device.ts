/** Which person this device belongs to, and how it comes to its secret and loses it. */
import { NotAllowed, reach, Unreachable } from "./api";
import { accountHere, clearPhone, removeApp, tellLeft } from "../shared/phone";
import { setUp, statusNow } from "./status";
import { countLeft, database, keep, setting } from "./store";

const HERE = "/field/device/";

export type Person = { id: string; name: string };
type Known = { person: Person; account: string; csrf: string };
type Registered = { person: Person; account: string; device_id: string; secret: string };

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
    if (await hide()) {
      setUp({ otherPerson: before.name });
      return false;
    }
  }
  const form = new URLSearchParams({ name: phoneName(), csrfmiddlewaretoken: known.csrf });
  const made = await answered<Registered>(await reach(HERE, { method: "POST", body: form }));
  // Signed out in another window meanwhile.
  if (!made || statusNow().erased) return false;
  await keep("secret", made.secret);
  await keep("device_id", made.device_id);
  await keep("person", made.person);
  await keep("account", made.account);
  await database.settings.delete("locked");
  setUp({ signedOut: false, otherPerson: "", locked: false, notAllowed: false });
  void navigator.storage?.persist?.();
  return true;
}

async function answered<T>(answer: Response): Promise<T | null> {
  if (answer.status === 401) return null;
  if (answer.status === 403) throw new NotAllowed();
  if (!answer.ok) throw new Unreachable();
  return (await answer.json()) as T;
}

/** Before anything is shown: what lies here is hidden from whoever else signed in with this browser. */
export async function look(): Promise<void> {
  const [here, registered] = [accountHere(), await setting<string>("account")];
  if (here && registered && here !== registered) await hide();
  setUp({ locked: (await setting<boolean>("locked")) ?? false });
}

/** Takes away all but what is unsent, which waits for its owner. True when something waits. */
async function hide(): Promise<boolean> {
  const waits = (await countLeft()) > 0;
  await clearPhone(waits);
  setUp({ locked: waits });
  return waits;
}

/** Ends this device on the server, when it can be reached. What is unsent waits here, or goes too. */
export async function signOut(keepsUnsent: boolean): Promise<void> {
  const id = await setting<string>("device_id");
  // From here on nothing is sent or fetched, neither here nor in other windows.
  setUp({ erased: true });
  tellLeft();
  await clearPhone(keepsUnsent);
  try {
    const known = await answered<Known>(await reach(HERE, {}));
    if (known && id) {
      const form = new URLSearchParams({ csrfmiddlewaretoken: known.csrf });
      await reach(`/field/devices/${id}/revoke/`, { method: "POST", body: form });
    }
  } catch {
    // Out of reach: its secret ends by itself, and what it opened is gone from here.
  }
  if (!keepsUnsent) await erase();
  location.assign("/accounts/logout/");
}

/** Nothing of the person stays: database, caches, service worker. */
export async function erase(): Promise<void> {
  await clearPhone(false);
  database.close();
  await removeApp();
  sessionStorage.clear();
}

/** What the person recognises the phone by in the list of devices. */
function phoneName(): string {
  const agent = navigator.userAgent;
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0] ?? "";
  const browser = /Edg|MicroMessenger|Firefox|Chrome|Safari/.exec(agent)?.[0] ?? "";
  return [system, browser].filter(Boolean).join(" · ") || "Browser";
}
