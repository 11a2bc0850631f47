/**
 * Back from what was made to the form that made it: the browser brings the words back, we bring back
 * the one-time key, so that sending them again repeats the answer instead of making a second one.
 * A form with a version needs none of it: an old version is compared anyway.
 */
import { whenPresent } from "../shared/dom";

export function startKeys(): void {
  whenPresent<HTMLFormElement>("form[data-makes]", (form) => {
    const field = form.querySelector<HTMLInputElement>("[name='key']");
    if (!field) return;
    const place = `key:${location.pathname}`;
    const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const earlier = sessionStorage.getItem(place);
    if (form.dataset.makes === "fresh" && visit?.type === "back_forward" && earlier) field.value = earlier;
    form.addEventListener("submit", () => sessionStorage.setItem(place, field.value));
  });
}
