import type { RequestOptions } from "../options/RequestOptions.ts";

/** A machine-to-machine application in Kinde that may call the Management API. */
export interface ManagementClientOptions extends RequestOptions {
  /** The Kinde domain, `https://example.kinde.com`. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /**
   * The identifier of the Management API. `<domain>/api` unless given. With a custom domain,
   * set it: the identifier is still `https://example.kinde.com/api`.
   */
  readonly audience?: string | undefined;
}

/** Calls Kinde's Management API. From `createManagementClient`. */
export interface ManagementClient {
  /**
   * Tells Kinde that the claims of a user changed outside of Kinde, so that Kinde computes the
   * claims of the next token again. Needs the scope `update:user_refresh_claims`.
   *
   * @param options.signal ends the request early, also while the machine token is being fetched
   * @throws {RequestError} if the call failed. After a 429, `retryAfter` is the number of seconds to
   *   wait, if Kinde named it.
   */
  refreshClaims(
    userId: string,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<void>;
}
