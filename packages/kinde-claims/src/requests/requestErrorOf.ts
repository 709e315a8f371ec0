import { RequestError, type RequestErrorCode } from "./RequestError.ts";
import type { Service } from "./Service.ts";

/** The headers that name the seconds until the next request. Kinde sends `RateLimit-Reset`. */
const RETRY_HEADERS = ["ratelimit-reset", "retry-after"];

const BY_STATUS: Readonly<Record<number, RequestErrorCode>> = {
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  429: "RATE_LIMITED",
};

/**
 * Describes an answer that is not 2xx.
 *
 * @param request the method and address, as in `RequestFailure`
 */
export async function requestErrorOf(
  request: string,
  response: Response,
  { codeOf, readReason = readOauthError, whatToDo }: Service,
): Promise<RequestError> {
  const { status } = response;
  const isRefusal = status >= 400 && status < 500;
  const reason = readReason(await response.json().catch(() => null));
  const code = codeOf?.(status) ?? BY_STATUS[status] ?? (isRefusal ? "REFUSED" : "UNAVAILABLE");
  return new RequestError({
    code,
    request,
    problem: reason === undefined ? `${status}` : `${status} (${reason})`,
    status,
    retryAfter: status === 429 ? readRetryAfter(response.headers) : undefined,
    whatToDo: whatToDo?.[code],
  });
}

/** Returns the OAuth error code (RFC 6749, section 5.2) and never free text of the server. */
function readOauthError(body: unknown): string | undefined {
  const { error } = Object(body) as { error?: unknown };
  return typeof error === "string" && /^[a-z_]{1,40}$/.test(error) ? error : undefined;
}

function readRetryAfter(headers: Headers): number | undefined {
  const texts = RETRY_HEADERS.map((name) => headers.get(name)?.trim() ?? "");
  const seconds = texts.find((text) => /^\d{1,9}$/.test(text));
  return seconds === undefined ? undefined : Number(seconds);
}
