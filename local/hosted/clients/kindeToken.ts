import { decodeJwt } from "jose";
import { z } from "zod";
import { codeOf, HostedApiError } from "./HostedApiError.ts";
import { kindeCure } from "./kindeCure.ts";
import { textOfAnswer } from "./textOfAnswer.ts";

const TIME_LIMIT_MS = 30_000;
const REQUEST = "POST /oauth2/token";

const tokenAnswer = z.object({ access_token: z.string(), scope: z.string().optional() });

export interface MachineToken {
  readonly value: string;
  /** What the machine application may do. */
  readonly scopes: readonly string[];
}

/**
 * Gets a token for Kinde's Management API. It holds every scope that the machine application has.
 *
 * @throws HostedApiError
 */
export async function fetchMachineToken(options: {
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly audience: string;
  readonly signal?: AbortSignal | undefined;
  readonly timeLimitMs?: number | undefined;
}): Promise<MachineToken> {
  const { domain, clientId, clientSecret, audience, signal } = options;
  const limit = AbortSignal.timeout(options.timeLimitMs ?? TIME_LIMIT_MS);
  const fail = (status: number | undefined, happened: string) => {
    const unanswered = limit.aborted ? "TIMEOUT" : "UNREACHABLE";
    const code = status === undefined ? unanswered : codeOf(status);
    const cure = kindeCure(isWrongSecret(status) ? 401 : status, { method: "POST", path: "" });
    return new HostedApiError({ code, vendor: "Kinde", request: REQUEST, status, cure }, happened);
  };
  const response = await fetch(`${domain}/oauth2/token`, {
    method: "POST",
    redirect: "manual",
    headers: { "User-Agent": "kinde-supabase-claims" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      audience,
    }),
    signal: signal ? AbortSignal.any([limit, signal]) : limit,
  }).catch(() => {
    signal?.throwIfAborted();
    throw fail(undefined, `${new URL(domain).host} did not answer`);
  });
  const body = await response.text().catch(() => "");
  if (!response.ok) {
    const words = textOfAnswer(body);
    throw fail(response.status, `it answered ${response.status}${words && ` (${words})`}`);
  }
  const token = tokenAnswer.safeParse(parse(body)).data;
  if (token === undefined) throw fail(response.status, "the answer holds no access token");
  return { value: token.access_token, scopes: scopesOf(token) };
}

/** Kinde answers 400 (`invalid_client`) or 401 to a wrong secret. A 403 gets the same cure. */
function isWrongSecret(status: number | undefined): boolean {
  return status === 400 || status === 401 || status === 403;
}

/** Kinde writes the scopes into the token's `scp`. In OAuth they are in the answer's `scope`. */
function scopesOf({ access_token, scope = "" }: z.infer<typeof tokenAnswer>): string[] {
  const inToken = z.object({ scp: z.array(z.string()) }).safeParse(decode(access_token)).data?.scp;
  return [...new Set([...(inToken ?? []), ...scope.split(" ").filter(Boolean)])];
}

function decode(token: string): unknown {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
