import type { Host, Setup } from "../protocol/realmInterface.ts";
import { deleteProperty, parse } from "./language/primordials.ts";

const given = (globalThis as unknown as { __kindeLocal: { host: Host; setup: string } })
  .__kindeLocal;
deleteProperty(globalThis, "__kindeLocal");

/** What this realm was given by the process, taken once. */
export const host: Host = given.host;
export const setup = parse(given.setup) as Setup;
