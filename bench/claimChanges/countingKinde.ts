import { createServer } from "node:http";
import { close, LOOPBACK, listen } from "../../local/http/listen.ts";

/** Stands in for Kinde's Management API and records when it is called for which user. */
export interface CountingKinde {
  readonly url: string;
  /** The times of the calls that were answered with 200, by user. */
  readonly calls: Map<string, number[]>;
  stop(): Promise<void>;
}

/** @param perSecond more calls in one second get 429, as from Kinde. No limit by default */
export async function startCountingKinde(
  perSecond = Number.POSITIVE_INFINITY,
): Promise<CountingKinde> {
  const calls = new Map<string, number[]>();
  let second = 0;
  let inSecond = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.url === "/oauth2/token") {
      response.end('{"access_token":"t","expires_in":3600}');
      return;
    }
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) [second, inSecond] = [now, 0];
    inSecond += 1;
    if (inSecond > perSecond) {
      response.writeHead(429, { "RateLimit-Reset": "1" }).end();
      return;
    }
    const user = decodeURIComponent(request.url?.split("/")[4] ?? "");
    calls.set(user, [...(calls.get(user) ?? []), performance.now()]);
    response.end("{}");
  });
  const url = `http://${LOOPBACK}:${await listen(server)}`;
  return { url, calls, stop: () => close(server) };
}
