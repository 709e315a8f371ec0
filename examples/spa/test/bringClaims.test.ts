import { describe, expect, test } from "vitest";
import { AT_ONCE, bringClaims } from "../src/freshness/bringClaims.ts";

const EXPECTED = { profile_complete: true, lifetime_subscriber: false };

/**
 * Creates a session whose token gets the claims with refresh number `onRefresh` or, if `onRevoke`
 * is set, with the first refresh after a revocation.
 */
function createSession(fresh: { readonly onRefresh?: number; readonly onRevoke?: boolean }) {
  const did: string[] = [];
  let token = 0;
  let isFresh = false;
  let isRevoked = false;
  let refreshes = 0;
  return {
    did,
    options: {
      wait: async (ms: number) => {
        if (ms > 0) did.push(`wait ${ms}`);
      },
    },
    steps: {
      readToken: () => ({
        claims: { profile_complete: isFresh, lifetime_subscriber: false },
        payload: { jti: String(token) },
      }),
      async refreshTokens() {
        did.push("refresh");
        refreshes++;
        token++;
        if (refreshes === fresh.onRefresh || (fresh.onRevoke && isRevoked)) isFresh = true;
      },
      async revokeToken() {
        did.push("revoke");
        isRevoked = true;
      },
    },
  };
}

describe("bringClaims", () => {
  test("does nothing if the token has the claims already", async () => {
    const { steps, did, options } = createSession({});
    const expected = { profile_complete: false, lifetime_subscriber: false };
    const { arrived, rung } = await bringClaims(expected, steps, options);
    expect({ arrived, rung, did }).toEqual({ arrived: true, rung: "none", did: [] });
  });

  test("waits for the relay between two refreshes", async () => {
    const { steps, did, options } = createSession({ onRefresh: 2 });
    const { arrived, rung } = await bringClaims(EXPECTED, steps, options);
    expect({ arrived, rung }).toEqual({ arrived: true, rung: "refresh" });
    expect(did).toEqual(["refresh", "wait 500", "refresh"]);
  });

  test("revokes the token from the third try on", async () => {
    const { steps, did, options } = createSession({ onRevoke: true });
    const { arrived, rung } = await bringClaims(EXPECTED, steps, options);
    expect({ arrived, rung }).toEqual({ arrived: true, rung: "revoke" });
    expect(did.indexOf("revoke")).toBe(did.indexOf("wait 1000") + 2);
  });

  test("ends after five tries if no token has the claims", async () => {
    const { steps, did, options } = createSession({});
    const { arrived, refreshFailed } = await bringClaims(EXPECTED, steps, options);
    expect({ arrived, refreshFailed }).toEqual({ arrived: false, refreshFailed: false });
    expect(did.filter((step) => step.startsWith("wait"))).toEqual([
      "wait 500",
      "wait 1000",
      "wait 2000",
      "wait 3000",
    ]);
  });

  test("ends at once after a refresh that failed", async () => {
    const { steps, did, options } = createSession({});
    const refreshTokens = () => Promise.reject(new Error("refused"));
    const outcome = await bringClaims(EXPECTED, { ...steps, refreshTokens }, options);
    expect(outcome).toMatchObject({ arrived: false, refreshFailed: true });
    expect(did).toEqual([]);
  });

  test("with requireNewToken, fetches another token even if the claims are the same", async () => {
    const { steps, options } = createSession({});
    const expected = { profile_complete: false, lifetime_subscriber: false };
    const asked = { ...options, tries: AT_ONCE, requireNewToken: true };
    expect(await bringClaims(expected, steps, asked)).toMatchObject({
      arrived: true,
      rung: "refresh",
    });
  });
});
