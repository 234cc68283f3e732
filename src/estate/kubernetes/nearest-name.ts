export { nearestName } from "../diagnostics/nearest-name.ts";
