import type { IncomingHttpHeaders } from "node:http";
import type { Keys, MintJwt } from "./keys.ts";
import type { ThirdPartyAuth } from "./thirdPartyAuth.ts";

/** The gateway's verdict on a request's keys: a refusal, or permission to continue. */
export type Verdict =
  | { refuse: { status: number; body: Record<string, string> } }
  | { authorization: string | undefined };

/** Judges the headers `apikey` (or the parameter of that name) and `Authorization`. */
export type JudgeKeys = (
  headers: IncomingHttpHeaders,
  apikey: string | undefined,
) => Promise<Verdict>;

const ROLE_TOKEN_S = 300;
const RENEW_BEFORE_MS = 60_000;

const NO_KEY = unauthorized(
  "No API key found in request",
  "No `apikey` request header or url param was found.",
);
const INVALID_KEY = unauthorized("Invalid API key", "Double check your Supabase `apikey`");
const SECRET_IN_BROWSER = unauthorized("Forbidden use of secret API key in browser");

/**
 * Judges keys as hosted Supabase's gateway does. An `sb_` key stands for a role: the request is
 * forwarded with a short-lived token of that role. A legacy key only lets the request pass, with
 * its own `Authorization`. A token of the project in `Authorization` is forwarded unchanged, and a
 * token of the trusted issuer is exchanged. An `sb_` key in `Authorization` is accepted only if it
 * equals the `apikey`.
 */
export function keyJudge(keys: Keys, mintJwt: MintJwt, thirdParty: ThirdPartyAuth): JudgeKeys {
  const roles = new Map([
    [keys.publishableKey, "anon"],
    [keys.secretKey, "service_role"],
    [keys.workflowKey, "kinde_workflow"],
  ]);
  const legacy = new Set([keys.anonJwt, keys.serviceRoleJwt]);
  const tokenOf = roleTokens(mintJwt);
  return async (headers, apikey) => {
    if (!apikey) return NO_KEY;
    const role = roles.get(apikey);
    if (!role && !legacy.has(apikey)) return INVALID_KEY;
    if (apikey.startsWith("sb_secret_") && isBrowser(headers["user-agent"])) {
      return SECRET_IN_BROWSER;
    }
    const { authorization } = headers;
    const bearer = authorization?.replace(/^bearer\s+/i, "");
    if (bearer?.startsWith("sb_") && bearer !== apikey) return INVALID_KEY;
    if (authorization && bearer && bearer !== apikey) {
      const verdict = await thirdParty.trade(bearer);
      // PostgREST verifies the project's own tokens.
      if (verdict === "not third-party") return { authorization };
      return "token" in verdict
        ? { authorization: `Bearer ${verdict.token}` }
        : { refuse: { status: 401, body: { code: "PGRST301", message: verdict.refused } } };
    }
    if (role) return { authorization: `Bearer ${await tokenOf(role)}` };
    return { authorization };
  };
}

/** Signs one token for each role, and returns it again until it is about to expire. */
function roleTokens(mintJwt: MintJwt): (role: string) => Promise<string> {
  const cache = new Map<string, { token: Promise<string>; renewAt: number }>();
  return (role) => {
    const cached = cache.get(role);
    if (cached && cached.renewAt > Date.now()) return cached.token;
    const token = mintJwt({ role }, { expiresInSeconds: ROLE_TOKEN_S });
    cache.set(role, { token, renewAt: Date.now() + ROLE_TOKEN_S * 1000 - RENEW_BEFORE_MS });
    return token;
  };
}

function isBrowser(userAgent: string | undefined): boolean {
  return userAgent?.startsWith("Mozilla/5.0") ?? false;
}

function unauthorized(message: string, hint?: string): Verdict {
  return { refuse: { status: 401, body: hint ? { message, hint } : { message } } };
}
