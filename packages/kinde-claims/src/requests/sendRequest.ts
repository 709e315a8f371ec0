import { DEFAULT_TIMEOUT_MS, type RequestOptions } from "../options/RequestOptions.ts";
import { RequestError, type RequestErrorCode } from "./RequestError.ts";
import { requestErrorOf } from "./requestErrorOf.ts";
import type { Service } from "./Service.ts";

/** A POST request to Kinde or Supabase. */
export interface OutgoingRequest {
  /** Scheme, host and port: `https://example.kinde.com`. */
  readonly origin: string;
  readonly path: string;
  /** The path for error messages, if `path` names a user. */
  readonly shownPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string must be JSON. */
  readonly body?: URLSearchParams | string;
  /** Ends the request early. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a POST request, with a time limit.
 *
 * @param service how to read the answer; the rules for Kinde's API unless given
 * @returns the JSON of the answer, or null if the answer is not JSON
 * @throws {RequestError} if there is no answer, or if it is not 2xx
 */
export async function sendRequest(
  { origin, path, shownPath = path, headers, body, signal }: OutgoingRequest,
  { timeoutMs = DEFAULT_TIMEOUT_MS, fetch = globalThis.fetch }: RequestOptions,
  service: Service = {},
): Promise<unknown> {
  const request = `POST ${origin}${shownPath}`;
  const fail = (code: RequestErrorCode, problem: string, cause: unknown) =>
    new RequestError({ code, request, problem, cause, whatToDo: service.whatToDo?.[code] });
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timedOut = false;
  // AbortSignal.any is not used: in Node 20 its signal can be garbage-collected before it is
  // aborted.
  const timer = setTimeout(() => {
    timedOut = true;
    abort();
  }, timeoutMs);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();

  try {
    const response = await fetch(`${origin}${path}`, {
      method: "POST",
      headers: {
        accept: "application/json",
        ...(typeof body === "string" && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      // A redirect would send the credentials to another address.
      redirect: "manual",
      signal: controller.signal,
    });
    if (!response.ok) throw await requestErrorOf(request, response, service);
    return await readJson(response);
  } catch (cause) {
    if (cause instanceof RequestError) throw cause;
    if (timedOut) throw fail("TIMED_OUT", `no answer within ${timeoutMs} ms`, cause);
    if (signal?.aborted) throw fail("ABORTED", "aborted", cause);
    throw fail("UNREACHABLE", "no answer", cause);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
