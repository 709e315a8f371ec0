import type { FetchEntry, Unknowns } from "../../types.ts";
import type { FetchAnswer, FetchRequest } from "../protocol/messages.ts";
import { goErrorText } from "./goErrorText.ts";

/** Our own cap on one fetch; Kinde's is unpublished, and its own interrupt waits for the answer. */
const FETCH_LIMIT_MS = 60_000;

/** What a run's requests meet. */
export interface Network {
  unknowns: Unknowns;
  /** The process's own, looked up at the call, when undefined. */
  fetch: typeof globalThis.fetch | undefined;
}

export interface Fetched {
  answer: FetchAnswer;
  entry: FetchEntry;
}

/**
 * Answers one `kinde.fetch` with the process's own `fetch`, looked up at the call, so that whatever
 * intercepts it (msw) sees the request. Never throws: what went wrong is in the answer.
 */
export async function performFetch(request: FetchRequest, network: Network): Promise<Fetched> {
  const start = performance.now();
  const entry: FetchEntry = { method: request.method, url: request.url, status: null, ms: 0 };
  const answer = await answerOf(request, network, entry);
  entry.ms = performance.now() - start;
  if (answer.error !== undefined) entry.error = answer.error;
  return { answer, entry };
}

async function answerOf(
  request: FetchRequest,
  { unknowns, fetch }: Network,
  entry: FetchEntry,
): Promise<FetchAnswer> {
  try {
    const { url, init } = toFetch(request);
    const response = await inTime((fetch ?? globalThis.fetch)(url, init), init);
    entry.status = response.status;
    const text = await inTime(response.text(), init);
    if (!response.ok && unknowns.nonOkResponse === "throw") {
      return { error: `unexpected status code: ${response.status}` };
    }
    return { text, invalidJson: unknowns.invalidJson };
  } catch (error) {
    return { error: goErrorText(request, error) };
  }
}

/** A `fetch` of somebody's own need not heed the signal. */
function inTime<T>(work: Promise<T>, { signal }: RequestInit): Promise<T> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

/** The headers that Go's client sends, unless the workflow gives them. */
const DEFAULT_HEADERS = { "user-agent": "Go-http-client/1.1", "accept-encoding": "gzip" };

function toFetch(request: FetchRequest): { url: string; init: RequestInit } {
  const headers = new Headers(DEFAULT_HEADERS);
  for (const [name, value] of request.headers) headers.set(name, value);
  const init: RequestInit = {
    method: request.method,
    headers,
    redirect: "follow",
    signal: AbortSignal.timeout(FETCH_LIMIT_MS),
  };
  if (request.body === null) return { url: request.url, init };
  // `fetch` sends no body with GET. Kinde's own API helper hands its query over as the body of a
  // GET, so it is put where it belongs.
  if (request.method === "GET" || request.method === "HEAD") {
    return { url: withQuery(request.url, request.body), init };
  }
  if (!headers.has("content-type") && request.form) {
    headers.set("content-type", "application/x-www-form-urlencoded");
  }
  return { url: request.url, init: { ...init, body: Buffer.from(request.body) } };
}

function withQuery(url: string, query: string): string {
  if (query === "") return url;
  return `${url}${url.includes("?") ? "&" : "?"}${query}`;
}
