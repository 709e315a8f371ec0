import type { Host, Setup } from "../protocol/realmInterface.ts";
import { deleteProperty, parse } from "./language/primordials.ts";

const given = (globalThis as unknown as { __kindeLocal: { host: Host; setup: string } })
  .__kindeLocal;
deleteProperty(globalThis, "__kindeLocal");

/**
 * The input of this realm. The process provides it as a global, which is deleted when it is read
 * here.
 */
export const host: Host = given.host;
export const setup = parse(given.setup) as Setup;
