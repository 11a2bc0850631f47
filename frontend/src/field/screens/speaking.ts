/** What is out of the ordinary, told instead of typed: recorded, kept and sent like a photograph. */
import { addSpoken, type Place } from "../photos";
import { setUp } from "../status";
import { isFull } from "../store";
import { recount, sync } from "../sync";
import { t } from "../texts";
import { button, h, note } from "../ui";

const LONGEST_MS = 180_000;
const KINDS: [string, string][] = [
  ["audio/mp4", "m4a"],
  ["audio/webm", "webm"],
];

/** A button that records and keeps; nothing where the phone has no microphone for us. */
export function recorder(place: () => Place, kept: () => void): HTMLElement | null {
  const kind = typeof MediaRecorder === "undefined" ? undefined : KINDS.find(([type]) => MediaRecorder.isTypeSupported(type));
  if (!kind || !navigator.mediaDevices) return null;
  const wrong = h("div", { class: "notes", "aria-live": "polite" });
  let running: MediaRecorder | null = null;
  const press = async (): Promise<void> => {
    if (running) return running.stop();
    wrong.replaceChildren();
    // Pressed twice while the phone still asks, only one would ever be stopped.
    control.disabled = true;
    running = await listen(kind[0]).catch(() => null);
    control.disabled = false;
    if (!running) return wrong.replaceChildren(note("warning", t("spoken.refused")));
    const stopped = recorded(running, control);
    await stopped.then((content) => addSpoken(content, kind[1], place())).then(kept, (problem: unknown) => {
      setUp({ full: isFull(problem) });
      wrong.replaceChildren(note("error", t("spoken.lost")));
    });
    running = null;
    await recount();
    void sync();
  };
  const control = button(t("spoken.add"), press, "btn big");
  return h("div", { class: "stack" }, control, wrong);
}

async function listen(type: string): Promise<MediaRecorder> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  return new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32_000 });
}

/** Everything until it is stopped, or three minutes; the control tells how long it runs. */
function recorded(recording: MediaRecorder, control: HTMLButtonElement): Promise<Blob> {
  const pieces: Blob[] = [];
  const since = Date.now();
  const tell = (): void => {
    control.textContent = t("spoken.stop", { s: Math.round((Date.now() - since) / 1000) });
    if ((Date.now() - since > LONGEST_MS || !control.isConnected) && recording.state === "recording") recording.stop();
  };
  const ticking = window.setInterval(tell, 500);
  return new Promise((give) => {
    recording.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recording.addEventListener("stop", () => {
      window.clearInterval(ticking);
      for (const track of recording.stream.getTracks()) track.stop();
      control.textContent = t("spoken.add");
      give(new Blob(pieces));
    });
    recording.start();
    tell();
  });
}
