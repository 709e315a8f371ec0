import type { ACClient } from "@kinde-oss/kinde-typescript-sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { ConfigError } from "../config.ts";
import { readUser } from "../kinde/loadUser.ts";
import { RefreshRefused, refreshTokens } from "../kinde/refreshTokens.ts";
import { createSdk } from "../kinde/sdk.ts";
import { createAccessTokenVerifier, type VerifyAccessToken } from "../tokens/verifyAccessToken.ts";
import { createSessionStore, type Session } from "../web/sessions.ts";
import { AUDIENCE, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";

let kinde: FakeKinde;
let verify: VerifyAccessToken;
let session: Session;
let refreshes: number;

beforeAll(async () => {
  kinde = await startFakeKinde();
  verify = createAccessTokenVerifier({ issuer: kinde.url, audience: AUDIENCE });
});
afterAll(() => kinde.stop());
beforeEach(() => {
  session = createSessionStore().create();
  refreshes = 0;
});

/** Kinde answered with an error, for which the SDK ends the session; any other is no answer. */
class Refusal extends Error {}

/** As much of the SDK as a refresh takes; it answers a moment later, as a server does. */
function sdkThatGives(token: () => Promise<string>): () => ACClient {
  const refresh: ACClient["refreshTokens"] = async (manager) => {
    refreshes++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    try {
      await manager.setSessionItem("access_token", await token());
      // What did not come is removed.
      await manager.removeSessionItem("id_token");
      await manager.removeSessionItem("refresh_token");
    } catch (error) {
      if (error instanceof Refusal) await manager.destroySession();
      throw error;
    }
    return {} as Awaited<ReturnType<ACClient["refreshTokens"]>>;
  };
  return () => ({ refreshTokens: refresh }) as Partial<ACClient> as ACClient;
}
const refusing = sdkThatGives(() => Promise.reject(new Refusal("invalid_grant")));
const unreachable = sdkThatGives(() => Promise.reject(new TypeError("fetch failed")));
const fresh = sdkThatGives(() => kinde.token({ profile_complete: true }));

describe("the user of a session", () => {
  test("is nobody without a token", async () => {
    expect(await readUser(session, { verify, sdk: fresh })).toBeUndefined();
  });

  test("is who the token says, and no refresh is made", async () => {
    session.kinde.set("access_token", await kinde.token({ permissions: ["a"] }));
    expect(await readUser(session, { verify, sdk: fresh })).toMatchObject({
      id: USER,
      permissions: ["a"],
      profile: { profile_complete: false },
    });
    expect(refreshes).toBe(0);
  });

  test("has a fresh token when the old one has expired", async () => {
    session.kinde.set("access_token", await kinde.token({ exp: 1 }));
    const user = await readUser(session, { verify, sdk: fresh });
    expect(user?.profile.profile_complete).toBe(true);
  });

  test("is nobody when the refresh is refused, and the old tokens are gone", async () => {
    session.kinde.set("access_token", await kinde.token({ exp: 1 }));
    expect(await readUser(session, { verify, sdk: refusing })).toBeUndefined();
    expect(session.kinde.size).toBe(0);
  });

  test("is kept, and cannot be told, while Kinde is away when the token has expired", async () => {
    session.kinde.set("access_token", await kinde.token({ exp: 1 }));
    session.kinde.set("refresh_token", "good");
    const reading = readUser(session, { verify, sdk: unreachable });
    await expect(reading).rejects.toMatchObject({ code: "KEYS_UNAVAILABLE" });
    expect(session.kinde.get("refresh_token")).toBe("good");
    const user = await readUser(session, { verify, sdk: fresh });
    expect(user?.id).toBe(USER);
  });

  test("is kept when the keys go away between the refresh and the look at its token", async () => {
    session.kinde.set("access_token", await kinde.token({ exp: 1 }));
    const own = createAccessTokenVerifier({ issuer: "http://127.0.0.1:1", audience: AUDIENCE });
    let checks = 0;
    const reading = readUser(session, {
      verify: (token) => (checks++ === 0 ? verify(token) : own(token)),
      sdk: fresh,
    });
    await expect(reading).rejects.toMatchObject({ code: "KEYS_UNAVAILABLE" });
    expect(session.kinde.has("access_token")).toBe(true);
  });

  test("is nobody when the refresh is refused, though a sign-in is under way, which goes on", async () => {
    session.kinde.set("access_token", await kinde.token({ exp: 1 }));
    session.kinde.set("ac-state-key", "state");
    expect(await readUser(session, { verify, sdk: refusing })).toBeUndefined();
    expect([...session.kinde.keys()]).toEqual(["ac-state-key"]);
  });

  test("is nobody with a token of somebody else's making", async () => {
    session.kinde.set("access_token", await kinde.token({ iss: "https://other.kinde.com" }));
    expect(await readUser(session, { verify, sdk: fresh })).toBeUndefined();
    expect(refreshes).toBe(0);
  });
});

describe("the refresh", () => {
  test("is one for all who want it at the same time", async () => {
    await Promise.all([
      refreshTokens(session, fresh()),
      refreshTokens(session, fresh()),
      refreshTokens(session, fresh()),
    ]);
    expect(refreshes).toBe(1);
    await refreshTokens(session, fresh());
    expect(refreshes).toBe(2);
  });

  test("that is refused leaves a token that is still good", async () => {
    const token = await kinde.token();
    session.kinde.set("access_token", token);
    await expect(refreshTokens(session, refusing())).rejects.toThrow(RefreshRefused);
    expect(session.kinde.get("access_token")).toBe(token);
  });

  test("that gets no answer is not taken for a refusal", async () => {
    await expect(refreshTokens(session, unreachable())).rejects.toThrow(TypeError);
  });

  test("keeps what Kinde did not send anew", async () => {
    session.kinde.set("id_token", "of the sign-in");
    await refreshTokens(session, fresh());
    expect(session.kinde.get("id_token")).toBe("of the sign-in");
    expect(session.kinde.has("refresh_token")).toBe(false);
  });

  test("that comes after another sign-in leaves its tokens alone, and does not stand in the way", async () => {
    session.kinde.set("refresh_token", "of the first user");
    const late = refreshTokens(session, fresh());
    // As the callback does.
    session.kinde = new Map([["access_token", "of the second user"]]);
    session.refreshing = undefined;
    let answer: (token: string) => void = () => undefined;
    const waiting = sdkThatGives(() => new Promise<string>((resolve) => (answer = resolve)));
    const next = refreshTokens(session, waiting());
    await late;
    expect(session.kinde).toEqual(new Map([["access_token", "of the second user"]]));
    expect(session.refreshing).toBeDefined();
    await vi.waitUntil(() => refreshes === 2);
    await new Promise((resolve) => setTimeout(resolve, 10));
    answer("of the second user, fresh");
    await next;
    expect(session.kinde.get("access_token")).toBe("of the second user, fresh");
    expect(session.refreshing).toBeUndefined();
  });
});

test("a client secret that is none is told at once, and not repeated", () => {
  const clientSecret = "short-and-secret";
  const make = () =>
    createSdk({
      url: "https://app.example.com",
      kinde: { domain: kinde.url, clientId: "id", clientSecret },
      supabase: { url: "", secretKey: "" },
    });
  expect(make).toThrow(ConfigError);
  expect(make).not.toThrow(clientSecret);
});
