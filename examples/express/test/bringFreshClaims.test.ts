import { describe, expect, test } from "vitest";
import { bringFreshClaims, type FreshnessSteps } from "../freshness/bringFreshClaims.ts";
import { readProfileClaims } from "../tokens/readProfileClaims.ts";

const OLD = readProfileClaims({});
const NEW = readProfileClaims({ profile_complete: true });

/** Kinde as it may behave: which of the steps makes the next refresh give a fresh token. */
function kindeThatNeeds(needed: "nothing" | "announcement" | "revocation" | "a miracle") {
  const done: string[] = [];
  let fresh = needed === "nothing";
  let claims = OLD;
  const steps: FreshnessSteps = {
    readClaims: async () => claims,
    refreshClaims: async () => {
      done.push("refreshClaims");
      if (needed === "announcement") fresh = true;
    },
    refreshTokens: async () => {
      done.push("refreshTokens");
      if (fresh) claims = NEW;
    },
    revokeToken: async () => {
      done.push("revokeToken");
      if (needed === "revocation") fresh = true;
    },
  };
  return { steps, done };
}

const broken = async () => {
  throw new Error("connection refused");
};

test("a token that says so already is left alone", async () => {
  const { steps, done } = kindeThatNeeds("nothing");
  expect(await bringFreshClaims(OLD, steps)).toMatchObject({ arrived: true, step: "none" });
  expect(done).toEqual([]);
});

test("a new token is fetched though the claims agree, when the user wants one", async () => {
  let isNewToken = false;
  const { steps, done } = kindeThatNeeds("announcement");
  const refreshTokens = async () => {
    await steps.refreshTokens();
    isNewToken = true;
  };
  const outcome = await bringFreshClaims(OLD, {
    ...steps,
    refreshClaims: undefined,
    refreshTokens,
    isNewToken: () => isNewToken,
  });
  expect(outcome).toMatchObject({ arrived: true, step: "refresh" });
  expect(done).toEqual(["refreshTokens"]);
});

test("the same token again is no new one, however well the claims agree", async () => {
  const { steps } = kindeThatNeeds("nothing");
  const outcome = await bringFreshClaims(OLD, { ...steps, isNewToken: () => false });
  expect(outcome).toMatchObject({ arrived: false, step: "revoke" });
});

test("Kinde is told, and the refresh brings the claim", async () => {
  const { steps, done } = kindeThatNeeds("announcement");
  expect(await bringFreshClaims(NEW, steps)).toMatchObject({ arrived: true, step: "refresh" });
  expect(done).toEqual(["refreshClaims", "refreshTokens"]);
});

test("when Kinde gives the same token again, it is revoked", async () => {
  const { steps, done } = kindeThatNeeds("revocation");
  expect(await bringFreshClaims(NEW, steps)).toMatchObject({ arrived: true, step: "revoke" });
  expect(done).toEqual(["refreshClaims", "refreshTokens", "revokeToken", "refreshTokens"]);
});

test("when nothing helps, it says so, after a bounded number of requests", async () => {
  const { steps, done } = kindeThatNeeds("a miracle");
  expect(await bringFreshClaims(NEW, steps)).toMatchObject({ arrived: false, step: "revoke" });
  expect(done).toHaveLength(4);
});

test("a claim that was taken away has to arrive, too", async () => {
  let claims = readProfileClaims({ lifetime_subscriber: true, profile_complete: true });
  const outcome = await bringFreshClaims(NEW, {
    readClaims: async () => claims,
    refreshTokens: async () => {
      claims = NEW;
    },
    revokeToken: broken,
  });
  expect(outcome).toMatchObject({ arrived: true, step: "refresh" });
});

describe("a step that fails", () => {
  test("without a machine client the refresh is tried all the same", async () => {
    const { steps } = kindeThatNeeds("nothing");
    const outcome = await bringFreshClaims(NEW, { ...steps, refreshClaims: undefined });
    expect(outcome).toMatchObject({ arrived: true, step: "refresh", problems: [] });
  });

  test("telling Kinde fails: the revocation still may help, and the problem is told", async () => {
    const { steps } = kindeThatNeeds("revocation");
    const outcome = await bringFreshClaims(NEW, { ...steps, refreshClaims: broken });
    expect(outcome).toMatchObject({
      arrived: true,
      step: "revoke",
      problems: ["connection refused"],
    });
  });

  test("everything fails: nothing is thrown, and nothing is claimed", async () => {
    const outcome = await bringFreshClaims(NEW, {
      readClaims: broken,
      refreshClaims: broken,
      refreshTokens: broken,
      revokeToken: broken,
    });
    expect(outcome.arrived).toBe(false);
    expect(outcome.problems).toHaveLength(4);
  });

  test("a token that cannot be read has not arrived", async () => {
    const { steps } = kindeThatNeeds("announcement");
    const outcome = await bringFreshClaims(NEW, { ...steps, readClaims: broken });
    expect(outcome.arrived).toBe(false);
  });
});

test("no step is begun when the time is over", async () => {
  const { steps, done } = kindeThatNeeds("a miracle");
  const slow = async () => {
    done.push("slow");
    await new Promise((resolve) => setTimeout(resolve, 30));
  };
  const outcome = await bringFreshClaims(NEW, { ...steps, refreshClaims: slow }, 10);
  expect(outcome).toMatchObject({ arrived: false, problems: ["no time left", "no time left"] });
  expect(done).toEqual(["slow"]);
});
