export { createObservations } from "./observations.ts";
export { startInspector } from "./startInspector.ts";
