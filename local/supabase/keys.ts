import { randomBytes } from "node:crypto";
import { SignJWT } from "jose";

/** The payload of a token. A request with it has the database role `role`. */
export interface RoleClaims {
  role: string;
  sub?: string;
  [claim: string]: unknown;
}

export type MintJwt = (
  claims: RoleClaims,
  options?: { expiresInSeconds?: number },
) => Promise<string>;

/** The throw-away keys of one local stack. */
export interface Keys {
  publishableKey: string;
  secretKey: string;
  workflowKey: string;
  anonJwt: string;
  serviceRoleJwt: string;
  jwtSecret: string;
}

const TEN_YEARS_S = 10 * 365 * 24 * 3600;
const ONE_HOUR_S = 3600;

/**
 * Signs tokens with the project's (legacy, HS256) secret. A token with a negative lifetime has
 * already expired.
 */
export function jwtMinter(jwtSecret: string): MintJwt {
  const secret = new TextEncoder().encode(jwtSecret);
  return (claims, { expiresInSeconds = ONE_HOUR_S } = {}) => {
    const now = Math.floor(Date.now() / 1000);
    // An expired token was valid once: it was issued before it expired.
    const issued = Math.min(now, now + expiresInSeconds - 1);
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuedAt(issued)
      .setExpirationTime(now + expiresInSeconds)
      .sign(secret);
  };
}

/** Makes new random keys in the format of Supabase's keys. */
export async function mintKeys(): Promise<Keys> {
  const jwtSecret = randomBytes(32).toString("base64url");
  const mint = jwtMinter(jwtSecret);
  const legacy = (role: string) =>
    mint({ iss: "supabase", ref: "local", role }, { expiresInSeconds: TEN_YEARS_S });
  return {
    publishableKey: `sb_publishable_${randomPart()}`,
    secretKey: `sb_secret_${randomPart()}`,
    workflowKey: `sb_secret_${randomPart()}`,
    anonJwt: await legacy("anon"),
    serviceRoleJwt: await legacy("service_role"),
    jwtSecret,
  };
}

/** 22 letters and digits, an underscore, and 8 more, as at the end of a real key. */
function randomPart(): string {
  const letters = randomBytes(64)
    .toString("base64")
    .replace(/[^A-Za-z0-9]/g, "");
  return `${letters.slice(0, 22)}_${letters.slice(22, 30)}`;
}
