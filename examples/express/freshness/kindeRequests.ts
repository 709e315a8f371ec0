const LIMIT_MS = 3_000;

/**
 * Tells Kinde that a user's claims have changed outside of Kinde: the next token is to be computed
 * anew. Needs a machine token with the scope `update:user_refresh_claims`.
 */
export async function refreshClaims(
  domain: string,
  machineToken: string,
  userId: string,
): Promise<void> {
  const url = `${domain}/api/v1/users/${encodeURIComponent(userId)}/refresh_claims`;
  const response = await fetch(url, {
    method: "POST",
    headers: { Authorization: `Bearer ${machineToken}`, Accept: "application/json" },
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) {
    throw new Error(`Kinde did not refresh the claims: ${response.status}`);
  }
}

/** Revokes an access token at Kinde (RFC 7009), so that a refresh cannot give the same one again. */
export async function revokeAccessToken(
  { domain, clientId, clientSecret }: { domain: string; clientId: string; clientSecret: string },
  token: string,
): Promise<void> {
  const response = await fetch(`${domain}/oauth2/revoke`, {
    method: "POST",
    body: new URLSearchParams({
      token,
      token_type_hint: "access_token",
      client_id: clientId,
      client_secret: clientSecret,
    }),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) {
    throw new Error(`Kinde did not revoke the token: ${response.status}`);
  }
}
