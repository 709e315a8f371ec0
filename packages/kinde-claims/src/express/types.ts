import type { Request, RequestHandler, Response } from "express";
import type { Claims, ClaimValue } from "../claims/types.ts";
import type { VerifiedToken } from "../tokens/types.ts";

/** A middleware that does not touch the types of the route's parameters and bodies. */
export type Guard = (
  req: Request,
  res: Response,
  next: (error?: unknown) => void,
) => ReturnType<RequestHandler>;

/** The names of the claims that are booleans. */
export type BooleanClaim<C extends Claims> = {
  [N in keyof C & string]: C[N] extends boolean ? N : never;
}[keyof C & string];

export interface RequireClaimOptions<V extends ClaimValue> {
  /** The value that the claim must have. `true` unless given. */
  readonly equals?: V;
  /** What the client can do after a refusal: the `detail` of the 403 answer. */
  readonly explain?: string;
  /**
   * "row": a request passes only if both the token and the database have the claim. A token stays
   * valid until it expires, so use "row" where the loss of the claim must take effect at once. It
   * costs one call of `confirmClaim` for each request whose token has the claim.
   */
  readonly confirm?: "row";
}

/**
 * Reads the present value of a user's claim in the database. Return undefined if the user has no
 * row: the request is then refused. Throw if the value cannot be read. The signal is aborted after
 * 5 seconds; the request is then answered with 503.
 */
export type ConfirmClaim<C extends Claims> = (question: {
  readonly userId: string;
  readonly claim: keyof C & string;
  readonly signal: AbortSignal;
}) => ClaimValue | undefined | Promise<ClaimValue | undefined>;

export interface GuardOptions<C extends Claims = Claims> {
  /**
   * The realm of the challenges, and the namespace of the problems' types. "kinde-claims" unless
   * given.
   */
  readonly realm?: string;
  /** For guards with `confirm: "row"`. */
  readonly confirmClaim?: ConfirmClaim<C> | undefined;
}

/** Express guards, typed by the claims of one verifier. From `createGuards`. */
export interface Guards<C extends Claims> {
  /**
   * Lets a request with a valid `Authorization: Bearer` token pass, and stores the verified token
   * for `readToken`. Answers other requests with 401 and a challenge (RFC 6750), with 400 if the
   * Bearer header does not hold exactly one token, and with 503 while Kinde's keys cannot be
   * fetched, which is not the client's fault.
   */
  readonly authenticateBearer: Guard;
  /**
   * Lets a request pass if its token has the claim. Answers other requests with 403 and the name of
   * the claim. Use it after `authenticateBearer`. With `confirm: "row"` it answers 503 while the
   * database cannot be read.
   *
   * @throws {ConfigurationError} when the route is set up, if `confirm` is used and `createGuards`
   *   has no `confirmClaim`
   */
  requireClaim<N extends BooleanClaim<C>>(name: N, options?: RequireClaimOptions<C[N]>): Guard;
  requireClaim<N extends keyof C & string>(
    name: N,
    options: RequireClaimOptions<C[N]> & { readonly equals: C[N] },
  ): Guard;
  /**
   * The verified token of a request.
   *
   * @throws {ConfigurationError} if `authenticateBearer` did not run before the route
   */
  readToken(res: Response): VerifiedToken<C>;
}
