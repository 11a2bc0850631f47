/** Reading codes in the camera's picture: by the phone itself where it can, else by our own reader. */

/** The code in what the camera shows now; empty when there is none. */
export type Reader = (video: HTMLVideoElement) => Promise<string>;

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
declare const BarcodeDetector:
  | { new (options: { formats: string[] }): Detector; getSupportedFormats: () => Promise<string[]> }
  | undefined;

const FORMATS = ["qr_code", "code_128", "data_matrix"];
/** Enough for a code that fills a tenth of the picture, and little enough for an old phone. */
const LONGEST = 960;
const BETWEEN_MS = 200;

/** True where the page may ask for a camera at all. */
export function hasCamera(): boolean {
  return Boolean(navigator.mediaDevices?.getUserMedia);
}

/** Shows the camera in `video` until a code is read or `isOver`; gives the code or nothing. Raises when
 * there is no camera, or it is not allowed. */
export async function readCode(video: HTMLVideoElement, isOver: () => boolean): Promise<string> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  try {
    const read = (await phonesReader()) ?? (await ownReader());
    video.hidden = false;
    video.srcObject = stream;
    await video.play();
    while (video.isConnected && !isOver()) {
      const code = await read(video);
      if (code) return code;
      await new Promise((go) => setTimeout(go, BETWEEN_MS));
    }
    return "";
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.hidden = true;
  }
}

/** Null where there is none, and where there is one that knows no QR codes, as on phones without the
 * services it is built on. */
async function phonesReader(): Promise<Reader | null> {
  if (typeof BarcodeDetector === "undefined") return null;
  const known: string[] = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!known.includes("qr_code")) return null;
  const detector = new BarcodeDetector({ formats: FORMATS.filter((one) => known.includes(one)) });
  return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? "";
}

/** Fetched when it is needed, out of the app's cache: it reads QR codes only. */
async function ownReader(): Promise<Reader> {
  const { default: decode } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const share = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * share);
    canvas.height = Math.round(video.videoHeight * share);
    if (!pen || !canvas.width || !canvas.height) return "";
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return decode(pen.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      // Nothing to read in this picture.
      return "";
    }
  };
}
