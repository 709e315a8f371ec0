import type { Redactor } from "../../redact/redactor.ts";
import type { Hop } from "../client/Hop.ts";
import { requestUrl } from "../client/requestUrl.ts";

/**
 * Describes a request in the form of an answer's key: method, origin and path. The query is left
 * out, and a user id or a secret in the path becomes `*`, because messages contain the description.
 */
export function describeRequest(hop: Hop, redact: Redactor): string {
  const path = redact.text(requestUrl(hop).base).replaceAll("[redacted]", "*");
  return `${hop.method} ${maskUserIds(path)}`;
}

export function maskUserIds(text: string): string {
  return text.replace(/\bkp(?:_|:|%3A)[0-9A-Za-z]+/gi, "*");
}
