import { setTimeout as pause } from "node:timers/promises";
import type { ZodType } from "zod";
import { codeOf, type HostedApiCode, HostedApiError } from "./HostedApiError.ts";
import { secondsToWait } from "./secondsToWait.ts";
import { textOfAnswer } from "./textOfAnswer.ts";

/** A project that is paused, or is starting, needs some seconds to answer. */
const TIME_LIMIT_MS = 30_000;
/**
 * If a 429 asks for a longer wait, the request fails. The next run of the command continues where
 * this one stopped.
 */
const LONGEST_WAIT_SECONDS = 65;
const ATTEMPTS = 4;

/** How to reach one management API. */
export interface Api {
  readonly vendor: "Supabase" | "Kinde";
  /** How long to wait for an answer, unless the request says another time. */
  readonly timeLimitMs?: number | undefined;
  /** Without a slash at the end. */
  readonly url: string;
  readonly token: () => Promise<string>;
  /** What to do about a failure, if it is a known one. */
  readonly cure: (status: number | undefined, request: ApiRequest<unknown>) => string;
  readonly signal?: AbortSignal | undefined;
  /** Receives a line while a request waits. */
  readonly onWait?: ((text: string) => void) | undefined;
}

export interface ApiRequest<Answer> {
  readonly method: "GET" | "POST" | "PATCH" | "PUT";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The scope that Kinde requires for this request. */
  readonly scope?: string;
  /** What the answer must look like. Without it, the answer is not read. */
  readonly answer?: ZodType<Answer>;
  readonly timeLimitMs?: number;
}

/**
 * Sends a request to a management API and validates its answer.
 *
 * After a 429, it sends the request again when the wait that the answer asks for is over. A GET is
 * also sent again after a 5xx. Any other request is not, since it may have made a change.
 *
 * @throws HostedApiError
 */
export async function sendRequest<Answer>(api: Api, request: ApiRequest<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(api, request);
    if (response.ok) return await readAnswer(api, request, response);
    const isLimited = response.status === 429;
    const isWorthAnother = isLimited || (response.status >= 500 && request.method === "GET");
    const seconds = isLimited ? secondsToWait(response.headers) : 2 ** (attempt - 1);
    if (!isWorthAnother || attempt === ATTEMPTS || seconds > LONGEST_WAIT_SECONDS) {
      throw await failure(api, request, response);
    }
    await response.body?.cancel();
    api.onWait?.(`${api.vendor} answered ${response.status}, waiting ${seconds} s`);
    await pause(seconds * 1000, undefined, api.signal ? { signal: api.signal } : {});
  }
}

async function send(api: Api, request: ApiRequest<unknown>): Promise<Response> {
  const {
    method,
    path,
    query = {},
    body,
    timeLimitMs = api.timeLimitMs ?? TIME_LIMIT_MS,
  } = request;
  const url = new URL(`${api.url}${path}`);
  url.search = new URLSearchParams(query).toString();
  const limit = AbortSignal.timeout(timeLimitMs);
  const headers = {
    Accept: "application/json",
    Authorization: `Bearer ${await api.token()}`,
    "User-Agent": "kinde-supabase-claims",
    ...(body !== undefined && { "Content-Type": "application/json" }),
  };
  try {
    return await fetch(url, {
      method,
      headers,
      // A redirect could carry the token to another host.
      redirect: "manual",
      signal: api.signal ? AbortSignal.any([limit, api.signal]) : limit,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  } catch (error) {
    api.signal?.throwIfAborted();
    throw noAnswer(api, request, limit.aborted, error);
  }
}

function noAnswer(api: Api, request: ApiRequest<unknown>, isLate: boolean, error: unknown) {
  const { timeLimitMs = api.timeLimitMs ?? TIME_LIMIT_MS } = request;
  const cause = (error as { cause?: { code?: unknown } }).cause?.code;
  const happened = isLate
    ? `there was no answer within ${timeLimitMs / 1000} s`
    : `${new URL(api.url).host} could not be reached${typeof cause === "string" ? ` (${cause})` : ""}`;
  const code = isLate ? "TIMEOUT" : "UNREACHABLE";
  return toError(api, request, { code, status: undefined, happened });
}

async function readAnswer<Answer>(api: Api, request: ApiRequest<Answer>, response: Response) {
  if (request.answer === undefined) {
    await response.body?.cancel();
    return undefined as Answer;
  }
  const answer: unknown = await response.json().catch(() => undefined);
  const result = request.answer.safeParse(answer);
  if (result.success) return result.data;
  const where = result.error.issues[0]?.path.join(".") || "the whole answer";
  const happened = `the answer is not as documented (${where})`;
  const cure = "The API may have changed: look for a newer version of this repository.";
  throw toError(api, request, {
    code: "UNEXPECTED_ANSWER",
    status: response.status,
    happened,
    cure,
  });
}

async function failure(api: Api, request: ApiRequest<unknown>, response: Response) {
  const { status } = response;
  const text = textOfAnswer(await response.text().catch(() => ""));
  const happened = `it answered ${status}${text && ` (${text})`}`;
  return toError(api, request, { code: codeOf(status), status, happened });
}

function toError(
  { vendor, cure }: Api,
  request: ApiRequest<unknown>,
  failed: { code: HostedApiCode; status: number | undefined; happened: string; cure?: string },
): HostedApiError {
  const about = {
    vendor,
    request: `${request.method} ${request.path}`,
    cure: cure(failed.status, request),
  };
  return new HostedApiError({ ...about, ...failed }, failed.happened);
}
