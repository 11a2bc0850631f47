/** Photographs of the job; each lies on the device before it is sent. */
import type { Screen } from "../main";
import { redraw } from "../moving";
import { addPhoto, type Place } from "../photos";
import { setUp } from "../status";
import { database, isFull } from "../store";
import { recount, sync } from "../sync";
import { t } from "../texts";
import type { Photo } from "../types";
import { button, choiceField, h, note, sheet, textField } from "../ui";
import { load } from "./loading";
import { recorder } from "./speaking";

export async function photosScreen(id: string): Promise<Screen | null> {
  const found = await load(id);
  if (!found) return null;
  const photos = (await database.photos.where("job").equals(id).toArray()).sort((a, b) => (a.taken_at < b.taken_at ? -1 : 1));
  const caption = textField("caption", t("photos.caption"), { hint: t("photos.caption.hint") });
  const kind = choiceField("kind", t("photos.kind"), ["before", "after", "slip"].map((one) => [t(`photos.${one}`), t(`photos.${one}`)]));
  const place = (): Place => {
    const chosen = kind.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
    const typed = caption.querySelector("input")?.value.trim() ?? "";
    return { job: id, caption: [chosen, typed].filter(Boolean).join(" · ").slice(0, 200) };
  };
  return {
    title: t("photos.title"),
    back: found.home,
    content: [sheet("", kind, caption, picker(place, redraw), recorder(place, redraw)), photos.length ? gallery(photos) : h("p", { class: "empty" }, t("photos.none"))],
    still: true,
  };
}

/** The camera, or pictures the phone has; several at once. */
export function picker(place: () => Place, taken: () => void): HTMLElement {
  const wrong = h("div", { class: "notes" });
  const input = h("input", { type: "file", accept: "image/*", multiple: true, class: "visually-hidden" });
  input.addEventListener("change", () => {
    void keepAll([...(input.files ?? [])], place(), wrong).then((all) => {
      input.value = "";
      if (all) taken();
    });
  });
  return h("div", { class: "stack" }, h("label", { class: "btn big pick" }, t("photos.add"), input), wrong);
}

async function keepAll(files: File[], place: Place, wrong: HTMLElement): Promise<boolean> {
  wrong.replaceChildren();
  let kept = true;
  for (const file of files) {
    try {
      await addPhoto(file, place);
      setUp({ full: false });
    } catch (problem) {
      kept = false;
      setUp({ full: isFull(problem) });
      wrong.append(note("error", isFull(problem) ? t("photos.full", { name: file.name }) : t("photos.unreadable", { name: file.name })));
    }
  }
  await recount();
  void sync();
  return kept;
}

export function gallery(photos: Photo[]): HTMLElement {
  return h("ul", { class: "plain gallery" }, ...photos.map(picture));
}

function picture(photo: Photo): HTMLElement {
  const share = photo.size ? Math.round((photo.received / photo.size) * 100) : 0;
  const stands = photo.state === "done" ? t("photos.sent") : photo.state === "refused" ? photo.message || t("photos.refused") : share ? `${share} %` : t("photos.waits");
  const leave = async (): Promise<void> => {
    await database.photos.delete(photo.id);
    await recount();
    redraw();
  };
  return h(
    "li",
    {},
    preview(photo),
    photo.caption ? h("span", { class: "words" }, photo.caption) : null,
    h("span", { class: "tag", "data-tone": photo.state === "done" ? "calm" : photo.state === "refused" ? "over" : "soon" }, stands),
    photo.state !== "done" && photo.received === 0 ? button(t("photos.remove"), leave) : null,
  );
}

/** The picture, or what was spoken as long as it lies here. */
export function preview(photo: Photo, kind = ""): HTMLElement {
  const words = photo.caption || photo.name;
  if (photo.small) return h("img", { class: kind, src: photo.small, alt: words });
  if (!photo.bytes) return h("span", { class: "words" }, t("spoken.name"));
  return h("audio", { controls: true, preload: "metadata", src: URL.createObjectURL(new Blob([photo.bytes])), "aria-label": `${t("spoken.name")} ${words}` });
}
