import { DEFAULT_UNKNOWNS } from "../../defaults.ts";
import { firstHop } from "../../network/client/firstHop.ts";
import { followRedirects } from "../../network/client/followRedirects.ts";
import type { Send } from "../../network/client/Hop.ts";
import type { FetchEntry, Unknowns } from "../../types.ts";
import type { FetchAnswer, FetchRequest } from "../protocol/messages.ts";

/**
 * The time limit of one fetch. It is our choice: Kinde does not publish its own limit, and its time
 * limit for the run cannot interrupt a fetch.
 */
const FETCH_LIMIT_MS = 60_000;

/** The network of a run. */
export interface Network {
  unknowns: Unknowns;
  send: Send;
}

/**
 * The network while Kinde reads `workflowSettings`. No binding exists then, so no request can be
 * sent.
 */
export const OFFLINE: Network = {
  unknowns: DEFAULT_UNKNOWNS,
  send: async () => {
    throw new Error("there is no network while workflowSettings is read");
  },
};

export interface Fetched {
  answer: FetchAnswer;
  entry: FetchEntry;
}

/**
 * Answers one call of `kinde.fetch`. It never throws: if the request fails, the answer holds the
 * error.
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
  { unknowns, send }: Network,
  entry: FetchEntry,
): Promise<FetchAnswer> {
  // AbortSignal.timeout would keep every request in memory until its time limit has passed.
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(timeout()), FETCH_LIMIT_MS).unref();
  try {
    const { signal } = limit;
    const { status, body, answeredBy } = await followRedirects(firstHop(request), send, signal);
    entry.status = status;
    if (answeredBy) entry.answeredBy = answeredBy;
    if ((status < 200 || status > 299) && unknowns.nonOkResponse === "throw") {
      return { error: `unexpected status code: ${status}` };
    }
    return { text: body, invalidJson: unknowns.invalidJson };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** The same error that AbortSignal.timeout would use. */
function timeout(): DOMException {
  return new DOMException("The operation was aborted due to timeout", "TimeoutError");
}
