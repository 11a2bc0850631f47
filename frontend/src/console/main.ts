/** The console's one bundle: styles first, then the small behaviours of its pages. */
import "./styles/index.css";
import "htmx.org";
import { startAppearance } from "./appearance";
import { startClock } from "./clock";
import { startDrafts } from "./drafts";
import { startForms } from "./forms";
import { startIntake } from "./intake";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startSignature } from "./signature";
import { startUnread } from "./unread";

startAppearance();
startClock();
startForms();
startIntake();
startSignature();
startDrafts();
startKeys();
startLive();
startUnread();
