/** The portal's one bundle: for phones, so it carries no library. */
import "./styles/index.css";
import { startAppearance } from "../console/appearance";
import { startClock } from "../console/clock";
import { startDrafts } from "../console/drafts";
import { startForms } from "../console/forms";
import { startFollows } from "./follows";
import { startWatch } from "./watch";

startAppearance();
startClock();
startForms();
startFollows();
startDrafts();
startWatch();
