import type { IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import { ACTIONS, type Action } from "./actions.ts";

/**
 * The action that a page of the app asks for, or undefined if the request is not one.
 *
 * A page of another origin cannot send JSON without a preflight request (CORS), which the inspector
 * does not allow.
 */
export async function readAction(request: IncomingMessage): Promise<Action | undefined> {
  const isJson = request.headers["content-type"]?.startsWith("application/json");
  if (request.method !== "POST" || !isJson) return undefined;
  const body = (await json(request).catch(() => null)) as { action?: unknown } | null;
  return ACTIONS.find((action) => action === body?.action);
}
