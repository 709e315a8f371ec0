export { createObservations, type Observations } from "./observations.ts";
export { startInspector } from "./startInspector.ts";
