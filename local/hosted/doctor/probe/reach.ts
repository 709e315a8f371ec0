import { get as getHttp, type RequestOptions } from "node:http";
import { get as getHttps } from "node:https";
import type { TLSSocket } from "node:tls";

const TIME_LIMIT_MS = 10_000;
const DAY_MS = 86_400_000;

export type ReachProblem = "NO_SUCH_HOST" | "REFUSED" | "CERTIFICATE" | "TIMEOUT" | "UNREACHABLE";

export type Reach =
  | {
      readonly isReached: true;
      readonly status: number;
      /** Undefined without TLS. */
      readonly certificateDays: number | undefined;
      /**
       * How far the server's clock is ahead of this machine's. Undefined without a `Date` header.
       */
      readonly clockAheadMs: number | undefined;
    }
  | { readonly isReached: false; readonly problem: ReachProblem; readonly detail: string };

/**
 * Sends one GET request without credentials, to see whether name, connection and certificate are
 * right. Any answer counts as reached. A server that cannot be reached is a result, not an error.
 *
 * @param options.ca further certificates to trust, for tests
 * @example
 * const result = await reach("https://yours.kinde.com/.well-known/openid-configuration");
 */
export function reach(
  address: string,
  options: { readonly ca?: string; readonly timeLimitMs?: number } = {},
): Promise<Reach> {
  const { ca, timeLimitMs = TIME_LIMIT_MS } = options;
  const url = new URL(address);
  const get = url.protocol === "https:" ? getHttps : getHttp;
  const headers = { "user-agent": "kinde-supabase-claims", connection: "close" };
  const request: RequestOptions & { ca?: string } = {
    headers,
    timeout: timeLimitMs,
    ...(ca && { ca }),
  };
  return new Promise((resolve) => {
    const startedAt = Date.now();
    const sent = get(url, request, (response) => {
      const date = Date.parse(response.headers.date ?? "");
      // The header has whole seconds, so half a second is added to it. It was written about halfway
      // between the request and its answer.
      const ours = startedAt + (Date.now() - startedAt) / 2;
      resolve({
        isReached: true,
        status: response.statusCode ?? 0,
        certificateDays: daysLeft(response.socket as TLSSocket),
        clockAheadMs: Number.isNaN(date) ? undefined : date + 500 - ours,
      });
      response.destroy();
    });
    sent.on("timeout", () => sent.destroy(Object.assign(new Error(), { code: "ETIMEDOUT" })));
    sent.on("error", ({ code = "" }: NodeJS.ErrnoException) => {
      resolve({ isReached: false, problem: problemOf(code), detail: code });
    });
  });
}

function daysLeft(socket: TLSSocket): number | undefined {
  const validTo = socket.getPeerCertificate?.()?.valid_to;
  return validTo === undefined ? undefined : (Date.parse(validTo) - Date.now()) / DAY_MS;
}

function problemOf(code: string): ReachProblem {
  if (code === "ENOTFOUND") return "NO_SUCH_HOST";
  if (code === "ECONNREFUSED") return "REFUSED";
  if (code === "ETIMEDOUT") return "TIMEOUT";
  return /CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(code) ? "CERTIFICATE" : "UNREACHABLE";
}
