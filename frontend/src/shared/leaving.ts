/** Signing out takes what the field app holds with it; what is unsent is told first, and never lost. */
import { accountHere, clearPhone, phoneHere, removeApp, tellLeft, type Phone } from "./phone";

export function startLeaving(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog[data-leaving]");
  if (!dialog || !globalThis.indexedDB) return;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sign-out]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void leave(form, dialog);
    });
  }
}

async function leave(form: HTMLFormElement, dialog: HTMLDialogElement): Promise<void> {
  const phone = await phoneHere().catch(() => null);
  // What somebody else left stays for him; the app shows it to nobody else.
  const isOwn = !phone?.account || phone.account === accountHere();
  if (isOwn && phone?.unsent && !phone.locked && !(await agrees(dialog, phone.unsent))) return;
  if (phone && isOwn) await clear(phone, form).catch(() => {});
  form.submit();
}

function agrees(dialog: HTMLDialogElement, unsent: number): Promise<boolean> {
  const count = dialog.querySelector("[data-count]");
  if (count) count.textContent = String(unsent);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((give) => {
    dialog.addEventListener("close", () => give(dialog.returnValue === "leave"), { once: true });
  });
}

/** Here first, the server afterwards: a phone that the server calls revoked erases what is unsent. */
async function clear(phone: Phone, form: HTMLFormElement): Promise<void> {
  tellLeft();
  await clearPhone(phone.unsent > 0);
  if (!phone.unsent) await removeApp();
  if (!phone.device) return;
  const token = String(new FormData(form).get("csrfmiddlewaretoken") ?? "");
  const body = new URLSearchParams({ csrfmiddlewaretoken: token });
  await fetch(`/field/devices/${phone.device}/revoke/`, { method: "POST", body, redirect: "manual" });
}
