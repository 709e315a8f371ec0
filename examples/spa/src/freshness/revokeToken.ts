import type { Settings } from "../settings/readSettings.ts";

/**
 * Revokes an access token at Kinde (RFC 7009), so that a refresh cannot return the same one again.
 * `revokeToken` of `kinde-claims` is for apps with a client secret, which a browser does not have.
 */
export async function revokeToken(
  accessToken: string,
  { domain, clientId }: Settings["kinde"],
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(`${domain}/oauth2/revoke`, {
    method: "POST",
    body: new URLSearchParams({
      token: accessToken,
      token_type_hint: "access_token",
      client_id: clientId,
    }),
    signal,
  });
  if (!response.ok) throw new Error(`Kinde answered the revocation with ${response.status}`);
}
