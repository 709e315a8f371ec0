import { createRemoteJWKSet, decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import type { MintJwt } from "./keys.ts";

/** The result for a bearer token: a token for PostgREST, a refusal, or "not third-party". */
export type ThirdPartyVerdict = { token: string } | { refused: string } | "not third-party";

/** Trades tokens of a trusted OpenID Connect issuer for tokens that PostgREST accepts. */
export interface ThirdPartyAuth {
  /** Trusts the tokens of this issuer, and no longer those of the previous issuer. */
  trust(issuer: string): void;
  trade(token: string): Promise<ThirdPartyVerdict>;
}

/**
 * Hosted Supabase keeps an issuer's keys for up to 30 minutes. Here, a token with an unknown key
 * causes a new fetch at once.
 */
const KEY_COOL_DOWN_MS = 0;
const DISCOVERY_LIMIT_MS = 5_000;

/**
 * Roles that a third party must never assign: they bypass row-level security, or manage the
 * database.
 */
const FORBIDDEN_ROLES = new Set(["service_role", "postgres", "supabase_admin", "authenticator"]);

/**
 * Third-party auth as hosted Supabase documents it: discovery, the issuer's keys by `kid`, RS256,
 * issuer and expiry, then the role that the token names.
 */
export function createThirdPartyAuth(mintJwt: MintJwt): ThirdPartyAuth {
  let trusted: TrustedIssuer | undefined;

  return {
    trust(issuer) {
      trusted = { issuer, keys: undefined };
    },
    async trade(token) {
      if (trusted === undefined || !isAsymmetric(token)) return "not third-party";
      try {
        return await exchange(await verify(token, trusted), mintJwt);
      } catch (error) {
        return { refused: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

interface TrustedIssuer {
  readonly issuer: string;
  keys: Promise<KeySet> | undefined;
}

async function verify(token: string, trusted: TrustedIssuer): Promise<JWTPayload> {
  trusted.keys ??= discoverKeys(trusted.issuer).catch((error) => {
    // The next request fetches them again.
    trusted.keys = undefined;
    throw error;
  });
  const { payload } = await jwtVerify(token, await trusted.keys, {
    issuer: trusted.issuer,
    algorithms: ["RS256"],
    requiredClaims: ["exp", "sub"],
  });
  return payload;
}

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/**
 * A token of the project itself is signed with the shared secret (HS256): PostgREST verifies it.
 */
function isAsymmetric(token: string): boolean {
  try {
    return decodeProtectedHeader(token).alg !== "HS256";
  } catch {
    return false;
  }
}

async function discoverKeys(issuer: string): Promise<KeySet> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(DISCOVERY_LIMIT_MS),
  });
  const configuration: unknown = await response.json();
  const { issuer: named, jwks_uri } = configuration as { issuer?: unknown; jwks_uri?: unknown };
  if (named !== issuer || typeof jwks_uri !== "string") {
    throw new Error("the discovery document is of another issuer, or names no keys");
  }
  return createRemoteJWKSet(new URL(jwks_uri), { cooldownDuration: KEY_COOL_DOWN_MS });
}

async function exchange(payload: JWTPayload, mintJwt: MintJwt): Promise<ThirdPartyVerdict> {
  const { role, aud, exp, iat: _iat, nbf: _nbf, ...claims } = payload;
  if (typeof role !== "string" || role === "") return { refused: "the token has no role claim" };
  if (FORBIDDEN_ROLES.has(role)) return { refused: "the token's role is not allowed" };
  const secondsLeft = Number(exp) - Math.floor(Date.now() / 1000);
  // PostgREST 12.0.2 refuses an empty audience, newer versions accept it, and so does hosted
  // Supabase.
  const audience = Array.isArray(aud) && aud.length === 0 ? {} : { aud };
  return {
    token: await mintJwt({ ...claims, ...audience, role }, { expiresInSeconds: secondsLeft }),
  };
}
