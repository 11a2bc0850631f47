/** The console's one bundle: styles first, then the small behaviours of its pages. */
import "./styles/index.css";
import "htmx.org";
import { startAppearance } from "../shared/appearance";
import { startClock } from "../shared/clock";
import { startDrafts } from "../shared/drafts";
import { startForms } from "../shared/forms";
import { startSignature } from "../shared/signature";
import { startBoard } from "./board";
import { startGuided } from "./guided";
import { startIntake } from "./intake";
import { startKeys } from "./keys";
import { startLive } from "./live";
import { startUnread } from "./unread";
import { startWorkshop } from "./workshop";

startAppearance();
startClock();
startForms();
startIntake();
startGuided();
startSignature();
startDrafts();
startKeys();
startLive();
startUnread();
startWorkshop();
startBoard();
