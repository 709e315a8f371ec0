import type { RequestOptions } from "../options/RequestOptions.ts";
import { readIssuer } from "../options/readIssuer.ts";
import { readText } from "../options/readText.ts";
import { sendRequest } from "../requests/sendRequest.ts";

/** The application that the token was issued to. */
export interface RevocationOptions extends RequestOptions {
  /** The Kinde domain, `https://example.kinde.com`. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Revokes an access token at Kinde (RFC 7009), so that a refresh cannot return the same token
 * again. A program that verifies the revoked token offline still accepts it until it expires.
 *
 * @throws {RequestError} if Kinde does not answer, or refuses; the message does not hold the token
 * @example
 * ```ts
 * import { revokeToken } from "kinde-claims";
 *
 * export const revoke = (accessToken: string) =>
 *   revokeToken(accessToken, {
 *     domain: "https://example.kinde.com",
 *     clientId: "client id of the application that signed the user in",
 *     clientSecret: "its secret, from the environment",
 *   });
 * ```
 */
export async function revokeToken(accessToken: string, options: RevocationOptions): Promise<void> {
  await sendRequest(
    {
      origin: readIssuer(options.domain, "revokeToken: domain"),
      path: "/oauth2/revoke",
      body: new URLSearchParams({
        token: accessToken,
        token_type_hint: "access_token",
        client_id: readText(options.clientId, "revokeToken: clientId"),
        client_secret: readText(options.clientSecret, "revokeToken: clientSecret"),
      }),
      signal: options.signal,
    },
    options,
  );
}
