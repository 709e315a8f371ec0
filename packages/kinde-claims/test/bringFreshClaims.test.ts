import { describe, expect, expectTypeOf, test } from "vitest";
import { bringFreshClaims, type FreshnessSteps } from "../src/index.ts";

type MyClaims = { readonly member: boolean; readonly tier: "free" | "pro" };
const OLD: MyClaims = { member: false, tier: "free" };
const NEW: MyClaims = { member: false, tier: "pro" };

/** Creates the steps for a Kinde that returns fresh claims only after the `needed` step. */
function kindeThatNeeds(needed: "nothing" | "notice" | "revocation" | "sign-in" | "a miracle") {
  const done: string[] = [];
  let fresh = needed === "nothing";
  let claims = OLD;
  let iat = 1;
  const renew = () => {
    claims = NEW;
    iat++;
  };
  const steps = {
    readToken: async () => ({ claims, payload: { iat, jti: "j" } }),
    refreshClaims: async () => {
      done.push("refreshClaims");
      if (needed === "notice") fresh = true;
    },
    refreshTokens: async () => {
      done.push("refreshTokens");
      if (fresh) renew();
    },
    revokeToken: async () => {
      done.push("revokeToken");
      if (needed === "revocation") fresh = true;
    },
    signInSilently: async () => {
      done.push("signInSilently");
      if (needed === "sign-in") renew();
    },
  } satisfies FreshnessSteps<MyClaims>;
  const { signInSilently: _omitted, ...withoutSignIn } = steps;
  return { steps, withoutSignIn, done };
}

const broken = async () => {
  throw new Error("connection refused");
};
const never = () => new Promise<never>(() => undefined);

describe("the steps", () => {
  test("no step runs if the token already has the claims", async () => {
    const { steps, done } = kindeThatNeeds("nothing");
    const outcome = await bringFreshClaims(OLD, steps);
    expect(outcome).toMatchObject({ arrived: true, rung: "none", remaining: [], problems: [] });
    expect(done).toEqual([]);
  });

  test("only the expected claims are compared", async () => {
    const { steps } = kindeThatNeeds("a miracle");
    expect(await bringFreshClaims({ member: false }, steps)).toMatchObject({ rung: "none" });
  });

  test("refresh: after a call of refreshClaims, the refreshed token has the new claims", async () => {
    const { steps, done } = kindeThatNeeds("notice");
    const outcome = await bringFreshClaims(NEW, steps);
    expect(outcome).toMatchObject({ arrived: true, rung: "refresh", remaining: [] });
    expect(done).toEqual(["refreshClaims", "refreshTokens"]);
  });

  test("revoke: if Kinde returns the same token, it is revoked and refreshed again", async () => {
    const { steps, done } = kindeThatNeeds("revocation");
    expect(await bringFreshClaims(NEW, steps)).toMatchObject({ arrived: true, rung: "revoke" });
    expect(done).toEqual(["refreshClaims", "refreshTokens", "revokeToken", "refreshTokens"]);
  });

  test("silent: if the other steps do not help, the user is signed in silently", async () => {
    const { steps, done } = kindeThatNeeds("sign-in");
    expect(await bringFreshClaims(NEW, steps)).toMatchObject({ arrived: true, rung: "silent" });
    expect(done).toHaveLength(5);
  });

  test("a silent sign-in that needs a redirect is left to the caller", async () => {
    const { withoutSignIn, done } = kindeThatNeeds("sign-in");
    const outcome = await bringFreshClaims(NEW, withoutSignIn);
    expect(outcome).toMatchObject({ arrived: false, rung: "revoke", remaining: ["silent"] });
    expect(done).toHaveLength(4);
  });

  test("no step remains after the last one", async () => {
    const { steps } = kindeThatNeeds("a miracle");
    const outcome = await bringFreshClaims(NEW, steps);
    expect(outcome).toMatchObject({ arrived: false, rung: "silent", remaining: [] });
  });

  test("the loss of a claim is brought into the token, too", async () => {
    let claims: MyClaims = { member: true, tier: "pro" };
    const outcome = await bringFreshClaims(NEW, {
      readToken: () => ({ claims }),
      refreshTokens: async () => {
        claims = NEW;
      },
    });
    expect(outcome).toMatchObject({ arrived: true, rung: "refresh" });
  });
});

describe("requireNewToken", () => {
  test("fetches a new token even if the claims agree", async () => {
    const { steps, done } = kindeThatNeeds("notice");
    await bringFreshClaims(NEW, steps);
    done.length = 0;
    const outcome = await bringFreshClaims(NEW, steps, { requireNewToken: true });
    expect(outcome).toMatchObject({ arrived: true, rung: "refresh" });
    expect(done).toEqual(["refreshClaims", "refreshTokens"]);
  });

  test("does not accept the same token as a new one", async () => {
    const { withoutSignIn } = kindeThatNeeds("a miracle");
    const outcome = await bringFreshClaims(OLD, withoutSignIn, { requireNewToken: true });
    expect(outcome).toMatchObject({ arrived: false, rung: "revoke" });
  });
});

describe("a step that fails", () => {
  test.each([undefined, null, {}])(
    "a readToken that returns %j is reported, not thrown",
    async (token) => {
      const { steps } = kindeThatNeeds("nothing");
      const outcome = await bringFreshClaims(NEW, { ...steps, readToken: () => token as never });
      expect(outcome.arrived).toBe(false);
      expect(outcome.problems[0]).toMatchObject({ step: "readToken", code: undefined });
    },
  );

  test("a thrown value that cannot be made a string is reported, not thrown", async () => {
    const { steps } = kindeThatNeeds("notice");
    const refreshClaims = () => Promise.reject(Object.create(null));
    const outcome = await bringFreshClaims(NEW, { ...steps, refreshClaims });
    expect(outcome.problems).toMatchObject([
      { step: "refreshClaims", message: "a value of type object was thrown" },
    ]);
  });

  test("the refresh is tried even without a machine application", async () => {
    const { steps } = kindeThatNeeds("nothing");
    const outcome = await bringFreshClaims(NEW, { ...steps, refreshClaims: undefined });
    expect(outcome).toMatchObject({ arrived: true, rung: "refresh", problems: [] });
  });

  test("if Kinde cannot be told, the problem is reported, and the token is still revoked", async () => {
    const { steps } = kindeThatNeeds("revocation");
    const refreshClaims = async () => {
      throw Object.assign(new Error("busy"), { code: "RATE_LIMITED" });
    };
    const outcome = await bringFreshClaims(NEW, { ...steps, refreshClaims });
    expect(outcome).toMatchObject({ arrived: true, rung: "revoke" });
    expect(outcome.problems).toEqual([
      { step: "refreshClaims", code: "RATE_LIMITED", message: "busy" },
    ]);
  });

  test("if the session's token cannot be read, a refresh is tried", async () => {
    const { steps } = kindeThatNeeds("notice");
    let reads = 0;
    const readToken = async () => (++reads === 1 ? broken() : steps.readToken());
    expect(await bringFreshClaims(NEW, { ...steps, readToken })).toMatchObject({
      arrived: true,
      rung: "refresh",
    });
  });

  test("if every step fails, nothing is thrown, and the claims have not arrived", async () => {
    const outcome = await bringFreshClaims(NEW, {
      readToken: broken,
      refreshClaims: broken,
      refreshTokens: broken,
      revokeToken: broken,
      signInSilently: broken,
    });
    expect(outcome).toMatchObject({ arrived: false, rung: "silent", remaining: [] });
    expect(outcome.problems.map(({ step }) => step)).toEqual([
      "readToken",
      "refreshClaims",
      "refreshTokens",
      "revokeToken",
      "signInSilently",
    ]);
  });

  test("a step that throws before it returns a promise is a failed step", async () => {
    const { steps } = kindeThatNeeds("nothing");
    const refreshClaims = () => {
      throw new Error("at once");
    };
    expect(await bringFreshClaims(NEW, { ...steps, refreshClaims })).toMatchObject({
      arrived: true,
      problems: [{ step: "refreshClaims", message: "at once" }],
    });
  });
});

describe("the time limit", () => {
  test("no step begins when the time is over, and the steps that were not tried remain", async () => {
    const { steps, done } = kindeThatNeeds("a miracle");
    const refreshClaims = async () => {
      done.push("slow");
      await new Promise((resolve) => setTimeout(resolve, 60));
    };
    const outcome = await bringFreshClaims(NEW, { ...steps, refreshClaims }, { limitMs: 20 });
    expect(outcome).toMatchObject({ arrived: false, rung: "refresh" });
    expect(outcome.remaining).toEqual(["revoke", "silent"]);
    expect(outcome.problems.every(({ code }) => code === "OUT_OF_TIME")).toBe(true);
    expect(done).toEqual(["slow"]);
  });

  test.each(["readToken", "refreshClaims", "refreshTokens", "revokeToken"] as const)(
    "ends a %s that never answers, and aborts its signal",
    async (step) => {
      const { steps } = kindeThatNeeds("a miracle");
      let aborted = false;
      const hang = (signal: AbortSignal) => {
        signal.addEventListener("abort", () => {
          aborted = true;
        });
        return never();
      };
      const outcome = await bringFreshClaims(NEW, { ...steps, [step]: hang }, { limitMs: 30 });
      expect(outcome.arrived).toBe(false);
      expect(outcome.ms).toBeLessThan(10_000);
      expect(outcome.problems[0]).toMatchObject({ step, code: "OUT_OF_TIME" });
      expect(aborted).toBe(true);
    },
  );
});

test("the expected claims have the types of the token's claims", () => {
  const { steps } = kindeThatNeeds("nothing");
  expectTypeOf(bringFreshClaims<MyClaims>)
    .parameter(0)
    .toEqualTypeOf<Partial<MyClaims>>();
  const typed = (_check: () => unknown) => undefined;
  // @ts-expect-error: not a value of the union
  typed(() => bringFreshClaims({ tier: "enterprise" }, steps));
  // @ts-expect-error: not a claim
  typed(() => bringFreshClaims({ beta: true }, steps));
});
