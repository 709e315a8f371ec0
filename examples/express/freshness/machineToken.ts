/** A machine-to-machine application in Kinde. */
export interface MachineClient {
  /** The Kinde domain, `https://yours.kinde.com`. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Kinde's management API: `https://yours.kinde.com/api`, also behind a custom domain. */
  readonly audience: string;
}

/** Renewed this long before it ends, so that it does not end on the way. */
const MARGIN_MS = 30_000;

/**
 * Makes the function that gives a client-credentials token. The token is kept until shortly before
 * it expires, and callers that come at once share one request.
 *
 * @param limitMs how long the request may take
 */
export function createMachineToken(client: MachineClient, limitMs = 3_000): () => Promise<string> {
  let current: { token: string; until: number } | undefined;
  let pending: Promise<string> | undefined;

  async function request(): Promise<string> {
    const response = await fetch(`${client.domain}/oauth2/token`, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: client.clientId,
        client_secret: client.clientSecret,
        audience: client.audience,
      }),
      signal: AbortSignal.timeout(limitMs),
    });
    const body = (await response.json().catch(() => null)) as {
      access_token?: unknown;
      expires_in?: unknown;
      error?: unknown;
    } | null;
    if (!response.ok || typeof body?.access_token !== "string") {
      const reason = typeof body?.error === "string" ? ` (${body.error})` : "";
      throw new Error(`Kinde gave no machine token: ${response.status}${reason}`);
    }
    const lifeMs = (Number(body.expires_in) || 0) * 1000;
    current = { token: body.access_token, until: Date.now() + lifeMs - MARGIN_MS };
    return current.token;
  }

  return () => {
    if (current && Date.now() < current.until) return Promise.resolve(current.token);
    pending ??= request().finally(() => {
      pending = undefined;
    });
    return pending;
  };
}
