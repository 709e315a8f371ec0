import { createVerifier, type Verifier } from "kinde-claims";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { isKindeUnavailable } from "../kinde/KindeUnavailableError.ts";
import { readUser } from "../kinde/loadUser.ts";
import {
  createTokenRefresher,
  RefreshRefused,
  type RefreshTokens,
} from "../kinde/refreshTokens.ts";
import { type HoldsTokens, type KindeTokens, keepTokens } from "../kinde/tokens.ts";
import { type ProfileClaims, profileClaims } from "../profileClaims.ts";
import { AUDIENCE, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";

let kinde: FakeKinde;
let verifier: Verifier<ProfileClaims>;
let session: HoldsTokens;
let refreshes: number;

beforeAll(async () => {
  kinde = await startFakeKinde();
  verifier = verifierOf(kinde.url);
});
afterAll(() => kinde.stop());
beforeEach(() => {
  session = {};
  refreshes = 0;
});

async function holdToken(claims?: Record<string, unknown>): Promise<void> {
  const accessToken = await kinde.token(claims);
  keepTokens(session, { accessToken, idToken: "id", refreshToken: "refresh-1" });
}
const expired = { exp: 1 };
const verifierOf = (issuer: string) =>
  createVerifier({ issuer, audience: AUDIENCE, claims: profileClaims });

const refusing: RefreshTokens = async () => {
  throw new RefreshRefused("invalid_grant");
};
const unreachable: RefreshTokens = async () => {
  throw new TypeError("fetch failed");
};
const fresh: RefreshTokens = async (holder) => {
  refreshes++;
  const accessToken = await kinde.token({ profile_complete: true });
  keepTokens(holder, { accessToken, idToken: "id", refreshToken: "refresh-2" });
};

describe("the user of a session", () => {
  test("is undefined without a token", async () => {
    expect(await readUser(session, { verifier, refresh: fresh })).toBeUndefined();
  });

  test("is the user of the token, and no refresh is made", async () => {
    await holdToken({ permissions: ["a"] });
    expect(await readUser(session, { verifier, refresh: fresh })).toMatchObject({
      id: USER,
      permissions: ["a"],
      profile: { profile_complete: false },
    });
    expect(refreshes).toBe(0);
  });

  test("has a fresh token when the old one has expired", async () => {
    await holdToken(expired);
    const user = await readUser(session, { verifier, refresh: fresh });
    expect(user?.profile.profile_complete).toBe(true);
  });

  test("is signed out when the refresh is refused, and the old tokens are gone", async () => {
    await holdToken(expired);
    expect(await readUser(session, { verifier, refresh: refusing })).toBeUndefined();
    expect(session.kinde).toEqual({ changedAt: expect.any(Number) });
  });

  test("stays signed in but is unknown while Kinde is away and the token has expired", async () => {
    await holdToken(expired);
    const reading = readUser(session, { verifier, refresh: unreachable });
    await expect(reading).rejects.toSatisfy(isKindeUnavailable);
    expect(session.kinde?.tokens?.refreshToken).toBe("refresh-1");
    expect((await readUser(session, { verifier, refresh: fresh }))?.id).toBe(USER);
  });

  test("stays signed in if the keys become unavailable after the refresh, before the token is checked", async () => {
    await holdToken(expired);
    const own = verifierOf("http://127.0.0.1:1");
    let checks = 0;
    const reading = readUser(session, {
      verifier: { ...own, verify: (token) => (checks++ === 0 ? verifier : own).verify(token) },
      refresh: fresh,
    });
    await expect(reading).rejects.toSatisfy(isKindeUnavailable);
    expect(session.kinde?.tokens).toBeDefined();
  });

  test.each([
    ["org_1", "org_1", ["grant:subscriptions"]],
    ["org_1", "org_2", []],
    ["org_1", undefined, []],
    [undefined, "org_2", ["grant:subscriptions"]],
    [undefined, undefined, ["grant:subscriptions"]],
  ])(
    "with the organization %j configured and a token of %j, has the permissions %j",
    async (orgCode, org, expected) => {
      await holdToken({ permissions: ["grant:subscriptions"], org_code: org });
      const user = await readUser(session, { verifier, refresh: fresh, orgCode });
      expect(user?.permissions).toEqual(expected);
    },
  );

  test("is undefined with a token of another issuer", async () => {
    await holdToken({ iss: "https://other.kinde.com" });
    expect(await readUser(session, { verifier, refresh: fresh })).toBeUndefined();
    expect(refreshes).toBe(0);
  });
});

describe("the refresh", () => {
  const OLD: KindeTokens = { accessToken: "old", idToken: "id", refreshToken: "refresh-1" };
  const NEW: KindeTokens = { accessToken: "new", idToken: "id", refreshToken: "refresh-2" };

  /** A refresher whose requests are answered a moment later, as by a server. */
  function refresherThatGives(answer: () => Promise<KindeTokens>, keptMs?: number) {
    const requests: (string | undefined)[] = [];
    const refresh = createTokenRefresher(
      {
        refresh: async ({ refreshToken }) => {
          requests.push(refreshToken);
          await new Promise((resolve) => setTimeout(resolve, 5));
          return answer();
        },
      },
      keptMs,
    );
    return { refresh, requests };
  }
  const holding = (tokens: KindeTokens): HoldsTokens => ({ kinde: { tokens, changedAt: 1 } });

  test("is one request for all copies of a session that are refreshed at the same time", async () => {
    const { refresh, requests } = refresherThatGives(async () => NEW);
    const copies = [holding(OLD), holding(OLD), holding(OLD)];
    await Promise.all(copies.map(refresh));
    expect(requests).toEqual(["refresh-1"]);
    expect(copies.map(({ kinde: held }) => held?.tokens)).toEqual([NEW, NEW, NEW]);
  });

  test("shares its result with a request that still holds the used token", async () => {
    const { refresh, requests } = refresherThatGives(async () => NEW);
    await refresh(holding(OLD));
    const late = holding(OLD);
    await refresh(late);
    expect(requests).toHaveLength(1);
    expect(late.kinde?.tokens).toEqual(NEW);
    await refresh(holding(NEW));
    expect(requests).toEqual(["refresh-1", "refresh-2"]);
  });

  test("forgets its result after a while", async () => {
    const { refresh, requests } = refresherThatGives(async () => NEW, 10);
    await refresh(holding(OLD));
    await vi.waitFor(async () => {
      await refresh(holding(OLD));
      expect(requests.length).toBeGreaterThan(1);
    });
  });

  test("that fails does not change the tokens, and the next request tries again", async () => {
    const answers = [() => Promise.reject(new TypeError("fetch failed")), async () => NEW];
    const { refresh } = refresherThatGives(() => (answers.shift() ?? (async () => NEW))());
    const held = holding(OLD);
    await expect(refresh(held)).rejects.toThrow(TypeError);
    expect(held.kinde?.tokens).toEqual(OLD);
    await refresh(held);
    expect(held.kinde?.tokens).toEqual(NEW);
  });

  test("does not share its result with a session that holds another refresh token", async () => {
    const { refresh, requests } = refresherThatGives(async () => NEW);
    await Promise.all([refresh(holding(OLD)), refresh(holding({ ...OLD, refreshToken: "other" }))]);
    expect(requests).toEqual(["refresh-1", "other"]);
  });

  test("is refused without a request when the session holds no refresh token", async () => {
    const { refresh, requests } = refresherThatGives(async () => NEW);
    await expect(refresh(holding({ accessToken: "a", idToken: "i" }))).rejects.toThrow(
      RefreshRefused,
    );
    expect(requests).toEqual([]);
  });
});
