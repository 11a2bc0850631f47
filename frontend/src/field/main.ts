/** The field app: one page, its screens behind the hash of the address. */
import "./styles/index.css";
import { drawFrame, drawStatus } from "./frame";
import { checklistScreen } from "./screens/checklist";
import { hoursScreen } from "./screens/hours";
import { jobScreen } from "./screens/job";
import { jobsScreen } from "./screens/jobs";
import { needScreen, nextVisitScreen } from "./screens/needs";
import { phoneScreen } from "./screens/phone";
import { photosScreen } from "./screens/photos";
import { reportScreen } from "./screens/report";
import { signScreen } from "./screens/sign";
import { stepScreen } from "./screens/steps";
import { unsentScreen } from "./screens/unsent";
import { LEFT } from "../shared/phone";
import { look } from "./device";
import { REDRAW } from "./moving";
import { onStatus, setUp, statusNow, whileKept } from "./status";
import { countLeft, database, setting } from "./store";
import { recount, startSync } from "./sync";
import { loadTexts, t } from "./texts";
import { tick } from "./ticking";
import { startUpdates } from "./updates";
import { h } from "./ui";

/** `still`: what is typed on it must not be drawn anew under the fingers. */
export type Screen = { title: string; back: string; content: Node[]; still?: boolean };
type Draw = (...parts: string[]) => Promise<Screen | null>;

const ROUTES: [RegExp, Draw][] = [
  [/^$/, jobsScreen],
  [/^job\/([^/]+)$/, jobScreen],
  [/^job\/([^/]+)\/step\/([^/]+)$/, stepScreen],
  [/^job\/([^/]+)\/report$/, reportScreen],
  [/^job\/([^/]+)\/sign$/, signScreen],
  [/^job\/([^/]+)\/photos$/, photosScreen],
  [/^job\/([^/]+)\/need$/, needScreen],
  [/^job\/([^/]+)\/next$/, nextVisitScreen],
  [/^job\/([^/]+)\/hours$/, hoursScreen],
  [/^job\/([^/]+)\/check\/([^/]+)$/, checklistScreen],
  [/^unsent$/, unsentScreen],
  [/^phone$/, phoneScreen],
];

let shown: Screen | null = null;
let turn = 0;

export async function draw(): Promise<void> {
  const mine = (turn += 1);
  const path = location.hash.replace(/^#\/?/, "");
  const screen = statusNow().locked ? null : await whileKept(() => screenOf(path));
  if (mine !== turn) return;
  shown = screen;
  drawFrame(screen?.title ?? t("title"), screen?.back ?? "");
  drawStatus();
  const main = document.querySelector<HTMLElement>("#main");
  main?.replaceChildren(...(screen?.content ?? [h("p", { class: "empty" }, await nothing())]));
  tick();
}

async function screenOf(path: string): Promise<Screen | null> {
  for (const [pattern, make] of ROUTES) {
    const parts = pattern.exec(path);
    if (parts) return make(...parts.slice(1));
  }
  return null;
}

/** Why there is no screen. */
async function nothing(): Promise<string> {
  const { erased, locked } = statusNow();
  if (!erased && !locked) return t("gone");
  const left = async () => ({ n: await countLeft(), name: (await setting<{ name: string }>("person"))?.name ?? "" });
  const waits = await whileKept(left);
  return waits ? t("locked.text", waits) : t("erased.text");
}

/** Another window signed this browser out: nothing of it stays on the screen, nothing is sent or fetched. */
function leaveWithOthers(): void {
  new BroadcastChannel(LEFT).addEventListener("message", () => {
    setUp({ erased: true });
    database.close();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}

async function start(): Promise<void> {
  const chosen = /(?:^|; )yinuo_appearance=(light|dark)/.exec(document.cookie)?.[1];
  if (chosen) document.documentElement.dataset.bsTheme = chosen;
  await loadTexts();
  leaveWithOthers();
  await look();
  // The badge never says that all is sent before it has counted.
  await recount();
  await draw();
  onStatus(() => {
    if ((statusNow().erased || statusNow().locked) && shown) void draw();
    drawStatus();
  });
  window.addEventListener("hashchange", () => {
    void draw().then(() => window.scrollTo(0, 0));
  });
  window.addEventListener(REDRAW, () => void draw());
  window.setInterval(tick, 1000);
  startSync(() => {
    if (!shown?.still) void draw();
  });
  await startUpdates();
}

void start();
