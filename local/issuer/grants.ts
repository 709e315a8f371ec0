/**
 * The first step after which a changed row appears in a token. With "never", that is only a refresh
 * after the token has expired. Kinde documents "refresh_claims".
 * The step that a real Kinde environment needs is not known, so an app must work with all of them.
 */
export const FRESHNESS_MODES = ["refresh", "refresh_claims", "revoke", "silent", "never"] as const;
export type FreshnessMode = (typeof FRESHNESS_MODES)[number];

/** The claims that a workflow set on the tokens. */
export interface CustomClaims {
  readonly accessToken: Readonly<Record<string, unknown>>;
  readonly idToken: Readonly<Record<string, unknown>>;
}

/** One sign-in of one user to one application. Its tokens are made from it. */
export interface Grant {
  readonly userId: string;
  readonly clientId: string;
  readonly audience: readonly string[];
  /** The user was signed in to Kinde before, and was not asked again. */
  readonly isExistingSession: boolean;
  /** Kept until the token has expired, or until a step that brings fresh claims. */
  custom?: CustomClaims | undefined;
  /** The payload of the access token that a refresh returns again. */
  token?: { readonly jti: string; readonly exp: number } & Record<string, unknown>;
}

export type GrantBook = ReturnType<typeof createGrantBook>;

/**
 * Kinde's caches, see "Tokens and freshness" in `docs/kinde-engine.md`: a refresh returns the same
 * access token until it has expired, and a new one after a revocation has the same custom claims.
 * The step that the mode names, or a later one of `FRESHNESS_MODES`, ends this earlier.
 */
export function createGrantBook(mode: () => FreshnessMode) {
  const grants = new Map<string, Grant>();
  const revoked = new Set<string>();

  return {
    open(id: string, grant: Grant): void {
      const before = [...grants.values()].findLast(
        ({ userId, clientId }) => userId === grant.userId && clientId === grant.clientId,
      );
      grants.set(id, { ...grant, custom: mode() === "never" ? before?.custom : undefined });
    },
    find: (id: string | undefined): Grant | undefined =>
      id === undefined ? undefined : grants.get(id),
    /** Runs before a refresh: forgets what the refresh must not return again. */
    prepareRefresh(grant: Grant): void {
      const expired = grant.token !== undefined && grant.token.exp <= Date.now() / 1000;
      if (expired || mode() === "refresh") {
        delete grant.token;
        delete grant.custom;
      }
    },
    /** `POST /api/v1/users/{id}/refresh_claims` */
    refreshClaims(userId: string): void {
      for (const grant of grants.values()) {
        if (grant.userId !== userId) continue;
        if (mode() === "refresh_claims") delete grant.token;
        if (mode() === "refresh_claims" || mode() === "revoke") delete grant.custom;
      }
    },
    /** `POST /oauth2/revoke` of an access token: the token ends, and the sign-in continues. */
    revoke(jti: string): void {
      revoked.add(jti);
      for (const grant of grants.values()) {
        if (grant.token?.jti !== jti) continue;
        delete grant.token;
        if (mode() !== "silent" && mode() !== "never") delete grant.custom;
      }
    },
    wasRevoked: (jti: unknown): boolean => revoked.has(String(jti)),
  };
}
