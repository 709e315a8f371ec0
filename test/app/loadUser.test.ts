import type { ACClient } from "@kinde-oss/kinde-typescript-sdk";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ConfigError } from "../../app/config.ts";
import { readUser } from "../../app/kinde/loadUser.ts";
import { createSdk, refreshTokens } from "../../app/kinde/sdk.ts";
import {
  createAccessTokenVerifier,
  type VerifyAccessToken,
} from "../../app/tokens/verifyAccessToken.ts";
import { createSessionStore, type Session } from "../../app/web/sessions.ts";
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

/** As much of the SDK as a refresh takes; it answers a moment later, as a server does. */
function sdkThatGives(token: () => Promise<string>): () => ACClient {
  const refresh: ACClient["refreshTokens"] = async (manager) => {
    refreshes++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    try {
      await manager.setSessionItem("access_token", await token());
    } catch (error) {
      await manager.destroySession();
      throw error;
    }
    return {} as Awaited<ReturnType<ACClient["refreshTokens"]>>;
  };
  return () => ({ refreshTokens: refresh }) as Partial<ACClient> as ACClient;
}
const refusing = sdkThatGives(() => Promise.reject(new Error("invalid_grant")));
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
    await expect(refreshTokens(session, refusing())).rejects.toThrow("invalid_grant");
    expect(session.kinde.get("access_token")).toBe(token);
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
