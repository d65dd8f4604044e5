import "../favicon.svg?url";
import "./style.css";
import "./map.css";
import { followChanges } from "./live.js";
import { suggest } from "./suggest.js";

// Everything here adds to pages that are complete without it.
followChanges();
suggest();
