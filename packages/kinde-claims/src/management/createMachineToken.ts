import type { RequestOptions } from "../options/RequestOptions.ts";
import { RequestError } from "../requests/RequestError.ts";
import type { Service } from "../requests/Service.ts";
import { sendRequest } from "../requests/sendRequest.ts";

/** A machine-to-machine application in Kinde. */
export interface MachineClient {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly audience: string;
}

/** The source of the token of a machine application. */
export interface MachineToken {
  get(): Promise<string>;
  /** Forgets a token that Kinde refused, if it is still the current one. */
  drop(token: string): void;
}

/**
 * The codes for refusals of the token endpoint. Such a refusal is about the machine application or
 * the domain. So its code must not be NOT_FOUND or REFUSED: these are about one user, and after
 * them the relay deletes the user's messages or puts them aside.
 */
const TOKEN_ENDPOINT: Service = {
  codeOf(status) {
    if (status === 404) return "UNREACHABLE";
    return status >= 400 && status < 500 && status !== 403 && status !== 429
      ? "UNAUTHORIZED"
      : undefined;
  },
};

/** A token is renewed this long before it expires, so that it does not expire during a request. */
const MARGIN_MS = 30_000;

/**
 * Whether requests may share the fetch of a token. In Cloudflare Workers, the work of a request
 * ends with that request, and another request that waits for the work would wait for ever.
 */
function canShareWork(): boolean {
  // Node 20 has no navigator.
  const { navigator } = globalThis as { navigator?: { readonly userAgent?: unknown } };
  return navigator?.userAgent !== "Cloudflare-Workers";
}

/**
 * Creates the source of a client-credentials token. The token is kept until shortly before it
 * expires. Calls at the same time share one request, except in Cloudflare Workers.
 */
export function createMachineToken(client: MachineClient, options: RequestOptions): MachineToken {
  let current: { readonly token: string; readonly until: number } | undefined;
  let pending: Promise<string> | undefined;

  async function request(): Promise<string> {
    const answer = await sendRequest(
      {
        origin: client.domain,
        path: "/oauth2/token",
        body: new URLSearchParams({
          grant_type: "client_credentials",
          client_id: client.clientId,
          client_secret: client.clientSecret,
          audience: client.audience,
        }),
      },
      options,
      TOKEN_ENDPOINT,
    );
    const { access_token: token, expires_in: seconds } = Object(answer) as Record<string, unknown>;
    if (typeof token !== "string" || token === "") {
      throw new RequestError({
        code: "UNAVAILABLE",
        request: `POST ${client.domain}/oauth2/token`,
        problem: "the answer has no access_token",
      });
    }
    const lifetimeMs = typeof seconds === "number" ? seconds * 1000 : 0;
    current = { token, until: Date.now() + lifetimeMs - MARGIN_MS };
    return token;
  }

  return {
    async get() {
      if (current && Date.now() < current.until) return current.token;
      if (!canShareWork()) return request();
      pending ??= request().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    drop(token) {
      // A slow caller must not drop the token that another caller has just fetched.
      if (current?.token === token) current = undefined;
    },
  };
}
