/** Calls `set` for each element matching `selector`, now and whenever htmx brings new ones. */
export function whenPresent<E extends Element>(selector: string, set: (element: E) => void): void {
  const known = new WeakSet<Element>();
  const look = (): void => {
    for (const element of document.querySelectorAll<E>(selector)) {
      if (known.has(element)) continue;
      known.add(element);
      set(element);
    }
  };
  look();
  document.addEventListener("htmx:after:settle", look);
}
