/** The portal's one bundle: for phones, so it carries no library. */
import "./styles/index.css";
import { startAppearance } from "../shared/appearance";
import { startClock } from "../shared/clock";
import { startDrafts } from "../shared/drafts";
import { startForms } from "../shared/forms";
import { startLeaving } from "../shared/leaving";
import { startFollows } from "./follows";
import { startWatch } from "./watch";

startAppearance();
startClock();
startForms();
startLeaving();
startFollows();
startDrafts();
startWatch();
