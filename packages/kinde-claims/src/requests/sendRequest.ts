import { DEFAULT_TIMEOUT_MS, type RequestOptions } from "../options/RequestOptions.ts";
import { RequestError } from "./RequestError.ts";
import { requestErrorOf } from "./requestErrorOf.ts";

/** A request to Kinde. */
export interface KindeRequest {
  readonly domain: string;
  readonly path: string;
  /** The path for error messages, if `path` names a user. */
  readonly shownPath?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams;
  /** Ends the request early. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a POST request to Kinde, with a time limit.
 *
 * @returns the JSON of the answer, or null if the answer is not JSON
 * @throws {RequestError} if there is no answer, or if it is not 2xx
 */
export async function sendRequest(
  { domain, path, shownPath = path, headers, body, signal }: KindeRequest,
  { timeoutMs = DEFAULT_TIMEOUT_MS, fetch = globalThis.fetch }: RequestOptions,
): Promise<unknown> {
  const request = `POST ${domain}${shownPath}`;
  const controller = new AbortController();
  const abort = () => controller.abort();
  let timedOut = false;
  // Not AbortSignal.any: in Node 20 a signal that it made can be collected before it fires.
  const timer = setTimeout(() => {
    timedOut = true;
    abort();
  }, timeoutMs);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();

  try {
    const response = await fetch(`${domain}${path}`, {
      method: "POST",
      headers: { accept: "application/json", ...headers },
      ...(body && { body }),
      // A redirect would repeat the credentials elsewhere.
      redirect: "manual",
      signal: controller.signal,
    });
    if (!response.ok) throw await requestErrorOf(request, response);
    return await readJson(response);
  } catch (cause) {
    if (cause instanceof RequestError) throw cause;
    if (timedOut) {
      const problem = `no answer within ${timeoutMs} ms`;
      throw new RequestError({ code: "TIMED_OUT", request, problem, cause });
    }
    if (signal?.aborted) {
      throw new RequestError({ code: "ABORTED", request, problem: "aborted", cause });
    }
    throw new RequestError({ code: "UNREACHABLE", request, problem: "no answer", cause });
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
