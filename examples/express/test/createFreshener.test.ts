import { createVerifier } from "kinde-claims";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createFreshener } from "../freshness/createFreshener.ts";
import { type HoldsTokens, keepTokens } from "../kinde/tokens.ts";
import { profileClaims } from "../profileClaims.ts";
import { AUDIENCE, CLIENT, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";

// These tests cover how the app connects kinde-claims with Kinde and a session. kinde-claims itself
// has its own tests.

let kinde: FakeKinde;
let session: HoldsTokens;
let log: string[];
/** The token that the next refresh returns; undefined if the refresh fails. */
let next: string | undefined;
const SAVED = profileClaims.read({ profile_complete: true });

beforeAll(async () => {
  kinde = await startFakeKinde();
});
afterAll(() => kinde?.stop());
beforeEach(async () => {
  log = [];
  kinde.requests.length = 0;
  kinde.answer = ({ url }, res) => {
    const machineToken = { access_token: "machine-token", expires_in: 3600 };
    res.end(JSON.stringify(url === "/oauth2/token" ? machineToken : {}));
  };
  session = {};
  keep(await kinde.token({ jti: "old" }));
  next = await kinde.token({ jti: "new", ...SAVED });
});

const keep = (accessToken: string) =>
  keepTokens(session, { accessToken, idToken: "id", refreshToken: "refresh" });

function freshener({ withMachine = true } = {}) {
  const machine = {
    clientId: "machine_client",
    clientSecret: "machine_secret",
    audience: `${kinde.url}/api`,
  };
  return createFreshener({
    kinde: {
      domain: kinde.url,
      clientId: CLIENT,
      clientSecret: "app_secret",
      machine: withMachine ? machine : undefined,
    },
    verifier: createVerifier({ issuer: kinde.url, audience: AUDIENCE, claims: profileClaims }),
    async refresh() {
      if (next === undefined) throw new Error("no refresh");
      keep(next);
    },
    log: (line) => void log.push(line),
  });
}
const paths = () => kinde.requests.map(({ path }) => path.replace(USER, "…"));

test("with a machine token, the app notifies Kinde about the user, and the refresh brings the claim", async () => {
  const outcome = await freshener().freshen(session, USER, SAVED);
  expect(outcome).toMatchObject({ arrived: true, rung: "refresh", problems: [] });
  expect(paths()).toEqual(["/oauth2/token", "/api/v1/users/…/refresh_claims"]);
  expect(kinde.requests[1]?.headers.authorization).toBe("Bearer machine-token");
  expect(log).toEqual([expect.stringMatching(/^fresh_claims arrived=true rung=refresh ms=\d+$/)]);
});

test("without a machine application, the app revokes the session's token with its own credentials", async () => {
  const old = session.kinde?.tokens?.accessToken ?? "";
  const fresh = next ?? "";
  next = old;
  kinde.answer = (_req, res) => {
    next = fresh;
    res.end();
  };
  const outcome = await freshener({ withMachine: false }).freshen(session, USER, SAVED);
  expect(outcome).toMatchObject({ arrived: true, rung: "revoke" });
  expect(paths()).toEqual(["/oauth2/revoke"]);
  expect(Object.fromEntries(new URLSearchParams(kinde.requests[0]?.body))).toEqual({
    token: old,
    token_type_hint: "access_token",
    client_id: CLIENT,
    client_secret: "app_secret",
  });
});

test("requireNewToken fetches a new token even if the token has the claims already", async () => {
  keep(await kinde.token({ jti: "old", ...SAVED }));
  const { freshen } = freshener();
  expect(await freshen(session, USER, SAVED)).toMatchObject({ arrived: true, rung: "none" });
  const outcome = await freshen(session, USER, SAVED, { requireNewToken: true });
  expect(outcome).toMatchObject({ arrived: true, rung: "refresh" });
});

test("the log names the steps that failed, without a user id, a token or a secret", async () => {
  next = undefined;
  kinde.answer = (_req, res) => void res.writeHead(500).end();
  const outcome = await freshener().freshen(session, USER, SAVED);
  expect(outcome.arrived).toBe(false);
  expect(log.join()).toMatch(/refreshClaims: POST .*: 500.*refreshTokens: no refresh/);
  expect(log.join()).not.toMatch(/eyJ|kp_\w|secret|machine-token/);
});

test("without a machine application, notifyKinde does nothing", async () => {
  await freshener({ withMachine: false }).notifyKinde(USER);
  expect(kinde.requests).toEqual([]);
});
