/**
 * Light, dark or the system's choice. The choice is a cookie, so the server writes it into <html>
 * and no page flashes; here it only changes at once, without losing what is typed.
 */
const COOKIE = "yinuo_appearance";
const YEAR = 31_536_000;

export function startAppearance(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-appearance]")) return;
    event.preventDefault();
    const chosen = (event.submitter as HTMLButtonElement).value;
    if (chosen === "system") delete document.documentElement.dataset.bsTheme;
    else document.documentElement.dataset.bsTheme = chosen;
    document.cookie = `${COOKIE}=${chosen}; Path=/; Max-Age=${YEAR}; SameSite=Lax; Secure`;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
  });
}
