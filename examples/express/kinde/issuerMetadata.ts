import * as oauth from "oauth4webapi";

/** The options of one request to Kinde. */
export type RequestOptions = () => {
  readonly signal: AbortSignal;
  readonly [oauth.allowInsecureRequests]: boolean;
};

/**
 * Makes the function that returns Kinde's endpoints (OpenID Connect discovery). They are fetched
 * once and kept for the life of the process. A failed attempt is not kept.
 *
 * @returns a function that rejects with the error of the request, or with the error of oauth4webapi
 *   if the answer is not valid metadata of this issuer
 */
export function createIssuerMetadata(
  issuer: URL,
  options: RequestOptions,
): () => Promise<oauth.AuthorizationServer> {
  let known: Promise<oauth.AuthorizationServer> | undefined;

  async function discover(): Promise<oauth.AuthorizationServer> {
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options()));
  }
  return () => {
    known ??= discover().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}
