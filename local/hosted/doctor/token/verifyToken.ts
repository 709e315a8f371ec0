import { decodeJwt, type JWTPayload } from "jose";
import { createVerifier, defineClaims, KeySetUnavailableError, TokenError } from "kinde-claims";
import { visible } from "kinde-local";
import type { HostedSettings } from "../../settings.ts";
import type { Verdict } from "./verdict.ts";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The payload of a token, unverified. Undefined if the text is not a JWT. */
export function decodeToken(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}

/**
 * Verifies a token as an app does: signature, algorithm, issuer, client and times.
 *
 * @returns undefined if the token is valid
 */
export async function verifyToken(
  token: string,
  payload: JWTPayload,
  { KINDE_DOMAIN, KINDE_CLIENT_ID }: HostedSettings,
): Promise<Verdict | undefined> {
  const issuer = KINDE_DOMAIN ?? trustedIssuer(payload.iss);
  if (issuer === undefined) {
    const why = "KINDE_DOMAIN is not set, and the token's issuer is not a domain of kinde.com";
    return { code: "TOKEN_UNCHECKED", why, fix: "Set KINDE_DOMAIN to your Kinde domain." };
  }
  const client = KINDE_CLIENT_ID ?? (typeof payload.azp === "string" ? payload.azp : "none");
  const verifier = createVerifier({ issuer, clients: [client], claims: defineClaims({}) });
  try {
    await verifier.verify(token);
    return undefined;
  } catch (error) {
    if (error instanceof TokenError) return refusalOf(error, payload, issuer);
    if (!(error instanceof KeySetUnavailableError)) throw error;
    const why = `the keys of ${issuer} cannot be fetched, so the signature is not checked`;
    return {
      code: "TOKEN_UNCHECKED",
      why,
      fix: "Run npm run doctor without --token: it finds out why.",
    };
  }
}

function refusalOf(error: TokenError, { iss }: JWTPayload, issuer: string): Verdict {
  const why = `${error.message} (${error.code})`;
  switch (error.code) {
    case "EXPIRED":
      return {
        code: "TOKEN_EXPIRED",
        why,
        fix: "Let the app refresh it, and examine the new token.",
      };
    case "NOT_YET_VALID":
      return { code: "TOKEN_NOT_YET_VALID", why, fix: "Set the clock of this machine by NTP." };
    case "WRONG_CLIENT":
      return {
        code: "TOKEN_WRONG_CLIENT",
        why,
        fix: "Set KINDE_CLIENT_ID, in the doctor's settings and in your app, to the client id of the application that your users sign in to.",
      };
    case "WRONG_ISSUER":
      return {
        code: "TOKEN_INVALID",
        why: `${why}: ${visible(String(iss))}, and not ${issuer}`,
        fix: "Set KINDE_DOMAIN to the https URL of the Kinde domain that issues your tokens.",
      };
    case "NOT_A_USER_TOKEN":
      return {
        code: "TOKEN_INVALID",
        why,
        fix: "Examine the access token of a user, and not an ID token or the token of a machine application.",
      };
    default:
      return {
        code: "TOKEN_INVALID",
        why,
        fix: "Do not trust this token. Copy it again from the app, in one piece.",
      };
  }
}

/** The issuer, if it is a domain of Kinde or this machine. Keys of any other are not fetched. */
function trustedIssuer(iss: unknown): string | undefined {
  if (typeof iss !== "string" || !URL.canParse(iss)) return undefined;
  const { protocol, hostname, origin } = new URL(iss);
  const isKinde = protocol === "https:" && hostname.endsWith(".kinde.com");
  return isKinde || LOOPBACK.has(hostname) ? origin : undefined;
}
