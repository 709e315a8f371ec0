import { describe, expect, expectTypeOf, test } from "vitest";
import { bringFreshClaims, type FreshnessSteps } from "../src/index.ts";

type MyClaims = { readonly member: boolean; readonly tier: "free" | "pro" };
const OLD: MyClaims = { member: false, tier: "free" };
const NEW: MyClaims = { member: false, tier: "pro" };

/** Kinde as it may behave: which step makes the next refresh return a fresh token. */
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
  test("a token that has the claims is left alone", async () => {
    const { steps, done } = kindeThatNeeds("nothing");
    const outcome = await bringFreshClaims(OLD, steps);
    expect(outcome).toMatchObject({ arrived: true, rung: "none", remaining: [], problems: [] });
    expect(done).toEqual([]);
  });

  test("only the claims that are expected count", async () => {
    const { steps } = kindeThatNeeds("a miracle");
    expect(await bringFreshClaims({ member: false }, steps)).toMatchObject({ rung: "none" });
  });

  test("refresh: Kinde hears of the change, and the refresh brings the claim", async () => {
    const { steps, done } = kindeThatNeeds("notice");
    const outcome = await bringFreshClaims(NEW, steps);
    expect(outcome).toMatchObject({ arrived: true, rung: "refresh", remaining: [] });
    expect(done).toEqual(["refreshClaims", "refreshTokens"]);
  });

  test("revoke: when Kinde returns the same token, it is revoked", async () => {
    const { steps, done } = kindeThatNeeds("revocation");
    expect(await bringFreshClaims(NEW, steps)).toMatchObject({ arrived: true, rung: "revoke" });
    expect(done).toEqual(["refreshClaims", "refreshTokens", "revokeToken", "refreshTokens"]);
  });

  test("silent: when nothing else helps, the silent sign-in", async () => {
    const { steps, done } = kindeThatNeeds("sign-in");
    expect(await bringFreshClaims(NEW, steps)).toMatchObject({ arrived: true, rung: "silent" });
    expect(done).toHaveLength(5);
  });

  test("a silent sign-in that needs a redirect remains for the caller", async () => {
    const { withoutSignIn, done } = kindeThatNeeds("sign-in");
    const outcome = await bringFreshClaims(NEW, withoutSignIn);
    expect(outcome).toMatchObject({ arrived: false, rung: "revoke", remaining: ["silent"] });
    expect(done).toHaveLength(4);
  });

  test("after the last step nothing remains", async () => {
    const { steps } = kindeThatNeeds("a miracle");
    const outcome = await bringFreshClaims(NEW, steps);
    expect(outcome).toMatchObject({ arrived: false, rung: "silent", remaining: [] });
  });

  test("a claim that was taken away has to arrive, too", async () => {
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
  test("fetches a token also when the claims agree", async () => {
    const { steps, done } = kindeThatNeeds("notice");
    await bringFreshClaims(NEW, steps);
    done.length = 0;
    const outcome = await bringFreshClaims(NEW, steps, { requireNewToken: true });
    expect(outcome).toMatchObject({ arrived: true, rung: "refresh" });
    expect(done).toEqual(["refreshClaims", "refreshTokens"]);
  });

  test("does not take the same token for a new one", async () => {
    const { withoutSignIn } = kindeThatNeeds("a miracle");
    const outcome = await bringFreshClaims(OLD, withoutSignIn, { requireNewToken: true });
    expect(outcome).toMatchObject({ arrived: false, rung: "revoke" });
  });
});

describe("a step that fails", () => {
  test.each([undefined, null, {}])("readToken returns %j: reported, not thrown", async (token) => {
    const { steps } = kindeThatNeeds("nothing");
    const outcome = await bringFreshClaims(NEW, { ...steps, readToken: () => token as never });
    expect(outcome.arrived).toBe(false);
    expect(outcome.problems[0]).toMatchObject({ step: "readToken", code: undefined });
  });

  test("a thrown value that cannot be shown is reported, not thrown", async () => {
    const { steps } = kindeThatNeeds("notice");
    const refreshClaims = () => Promise.reject(Object.create(null));
    const outcome = await bringFreshClaims(NEW, { ...steps, refreshClaims });
    expect(outcome.problems).toMatchObject([
      { step: "refreshClaims", message: "a value of type object was thrown" },
    ]);
  });

  test("without a machine application the refresh is tried all the same", async () => {
    const { steps } = kindeThatNeeds("nothing");
    const outcome = await bringFreshClaims(NEW, { ...steps, refreshClaims: undefined });
    expect(outcome).toMatchObject({ arrived: true, rung: "refresh", problems: [] });
  });

  test("telling Kinde fails: the revocation may still help, and the problem is reported", async () => {
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

  test("the token of the session expired: a refresh is tried", async () => {
    const { steps } = kindeThatNeeds("notice");
    let reads = 0;
    const readToken = async () => (++reads === 1 ? broken() : steps.readToken());
    expect(await bringFreshClaims(NEW, { ...steps, readToken })).toMatchObject({
      arrived: true,
      rung: "refresh",
    });
  });

  test("every step fails: nothing is thrown, and nothing has arrived", async () => {
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
