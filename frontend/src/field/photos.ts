/** Photographs, made smaller on the device, and what was spoken: kept there, sent in pieces that can
 * go on after a cut. */
import { call, Refused } from "./api";
import { database, isFull, setting } from "./store";
import type { Photo } from "./types";

/** The longer side of what is sent, and of the copy on the screen. */
const LONGEST = 1920;
const SMALL = 240;
const QUALITY = 0.82;
const PIECE = 192 * 1024;

export type Place = { job: string; checklist_id?: string; item?: string; caption?: string };

/** Scales and keeps one picture. Raises when it is none, or when the storage is full. */
export async function addPhoto(file: File, place: Place): Promise<void> {
  const picture = await createImageBitmap(file);
  const content = await scaled(picture, LONGEST);
  const bytes = new Uint8Array(await content.arrayBuffer());
  const small = await asAddress(await scaled(picture, SMALL));
  picture.close();
  await keep(bytes, file.name.replace(/\.[^.]*$/, "").slice(0, 100) + ".jpg", small, place);
}

/** Keeps what was spoken. Raises when the storage is full. */
export async function addSpoken(content: Blob, ending: string, place: Place): Promise<void> {
  const bytes = new Uint8Array(await content.arrayBuffer());
  const spokenAt = new Date().toISOString().slice(0, 19).replace(/[-:]/g, "");
  await keep(bytes, `${spokenAt}.${ending}`, "", place);
}

async function keep(bytes: Uint8Array<ArrayBuffer>, name: string, small: string, place: Place): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  await database.photos.add({
    id: crypto.randomUUID(),
    job: place.job,
    name,
    caption: place.caption ?? "",
    bytes,
    small,
    sha256: [...digest].map((one) => one.toString(16).padStart(2, "0")).join(""),
    size: bytes.length,
    taken_at: new Date().toISOString(),
    offset_ms: (await setting<number>("offset_ms")) ?? null,
    checklist_id: place.checklist_id ?? "",
    item: place.item ?? "",
    received: 0,
    state: "queued",
    message: "",
  });
}

async function scaled(picture: ImageBitmap, longest: number): Promise<Blob> {
  const share = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * share));
  canvas.height = Math.max(1, Math.round(picture.height * share));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((give, fail) => {
    canvas.toBlob((made) => (made ? give(made) : fail(new Error("no picture"))), "image/jpeg", QUALITY);
  });
}

async function asAddress(content: Blob): Promise<string> {
  return `data:image/jpeg;base64,${base64(new Uint8Array(await content.arrayBuffer()))}`;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

type Progress = { received: number; done: boolean };

/** Sends what is missing of a photograph. A refusal for good is kept beside it and shown. */
export async function sendPhoto(photo: Photo): Promise<void> {
  const { bytes } = photo;
  if (!bytes) return;
  try {
    let at = await call<Progress>("POST", "/photos", described(photo));
    while (!at.done) {
      const piece = bytes.subarray(at.received, at.received + PIECE);
      at = await sendPiece(photo.id, at.received, piece);
      await noteProgress(photo.id, at.received);
    }
  } catch (problem) {
    if (!(problem instanceof Refused && problem.isFinal)) throw problem;
    await database.photos.update(photo.id, { state: "refused", message: problem.message });
    return;
  }
  await settleSent(photo);
}

/** The server has all of it. Without room to note that, the copy on the screen gives its own. */
async function settleSent(photo: Photo): Promise<void> {
  try {
    await database.photos.update(photo.id, { state: "done", bytes: null, received: photo.size, message: "" });
  } catch (problem) {
    if (!isFull(problem)) throw problem;
    await database.photos.delete(photo.id);
  }
}

/** For the screen only: the server knows itself how far it is. */
async function noteProgress(id: string, received: number): Promise<void> {
  await database.photos.update(id, { received }).catch((problem: unknown) => {
    if (!isFull(problem)) throw problem;
  });
}

async function sendPiece(id: string, at: number, piece: Uint8Array): Promise<Progress> {
  try {
    return await call<Progress>("POST", `/photos/${id}/pieces`, { at, content_base64: base64(piece) });
  } catch (problem) {
    const received = problem instanceof Refused && problem.status === 409 ? problem.details.received : undefined;
    // Another piece came first, as after a cut: go on where the server stands.
    if (typeof received === "number" && received !== at) return { received, done: false };
    throw problem;
  }
}

function described(photo: Photo): Record<string, unknown> {
  const { id, job, name, sha256, size, caption } = photo;
  const taken_at = new Date(Date.parse(photo.taken_at) + (photo.offset_ms ?? 0)).toISOString();
  const place = photo.checklist_id ? { checklist_id: photo.checklist_id, item: photo.item } : {};
  return { id, work_order_id: job, name, sha256, size, caption, taken_at, ...place };
}
