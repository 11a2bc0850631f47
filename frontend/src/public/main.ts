/** The bundle for whoever holds a link: no library, and nothing the page needs to work. */
import "./styles/index.css";
import { startForms } from "../shared/forms";

startForms();
