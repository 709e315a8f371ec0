import { createHash } from "node:crypto";
import type { Json } from "../../types.ts";
import { maskUserIds } from "../answers/describeRequest.ts";
import type { Hop } from "../client/Hop.ts";
import { requestUrl } from "../client/requestUrl.ts";
import type { Mask } from "./mask.ts";

/** A file of a recording: one request and its answer. */
export interface Recorded {
  request: { method: string; url: string; body?: string };
  response?: { status: number; headers: Record<string, string>; json?: Json; text?: string };
  /** The reason why there was no answer, as Go writes it. */
  failure?: string;
}

/**
 * Returns a request as it is recorded, without secrets. `RecordedNames` makes the name of the file
 * from it.
 */
export function recordedRequest({ method, body, ...hop }: Hop, mask: Mask): Recorded["request"] {
  const { base, query } = requestUrl({ method, body, ...hop });
  const url = mask.text(base + query);
  return body === null ? { method, url } : { method, url, body: mask.text(body) };
}

/** Counts equal requests of a run, so that each has a file of its own. */
export class RecordedNames {
  readonly #seen = new Map<string, number>();

  /**
   * Returns a name such as "GET-api.example.com-things-1a2b3c4d", and how often this request has
   * been sent so far.
   */
  next({ method, url, body = "" }: Recorded["request"]): { name: string; count: number } {
    const hash = createHash("sha256").update(`${method}\n${url}\n${body}`).digest("hex");
    const address = maskUserIds(url.replace(/^https?:\/\/|\?.*$/gs, ""));
    const slug = `${method}-${address}`.replace(/[^A-Za-z0-9.]+/g, "-").replace(/[-.]+$/, "");
    const name = `${slug.slice(0, 80)}-${hash.slice(0, 8)}`;
    const count = (this.#seen.get(name) ?? 0) + 1;
    this.#seen.set(name, count);
    return { name, count };
  }
}

export function fileName(name: string, count: number): string {
  return count === 1 ? `${name}.json` : `${name}-${count}.json`;
}
