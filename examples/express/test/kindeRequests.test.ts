import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { refreshClaims, revokeAccessToken } from "../freshness/kindeRequests.ts";
import { createMachineToken } from "../freshness/machineToken.ts";
import { type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";

let kinde: FakeKinde;
beforeAll(async () => {
  kinde = await startFakeKinde();
});
afterAll(() => kinde.stop());
beforeEach(() => {
  kinde.requests.length = 0;
  kinde.answer = (_req, res) => void res.end("{}");
});

const answering = (status: number, body: unknown) => {
  kinde.answer = (_req, res) => void res.writeHead(status).end(JSON.stringify(body));
};
const machine = () => ({
  domain: kinde.url,
  clientId: "machine",
  clientSecret: "secret-of-the-machine",
  audience: `${kinde.url}/api`,
});

describe("the machine token", () => {
  test("is asked for with the client's credentials and the audience", async () => {
    answering(200, { access_token: "t1", expires_in: 3600 });
    expect(await createMachineToken(machine())()).toBe("t1");
    expect(Object.fromEntries(new URLSearchParams(kinde.requests[0]?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "machine",
      client_secret: "secret-of-the-machine",
      audience: `${kinde.url}/api`,
    });
  });

  test("is asked for once, also by callers that come at the same time", async () => {
    answering(200, { access_token: "t1", expires_in: 3600 });
    const token = createMachineToken(machine());
    expect(await Promise.all([token(), token(), token()])).toEqual(["t1", "t1", "t1"]);
    await token();
    expect(kinde.requests).toHaveLength(1);
  });

  test("is asked for again shortly before it expires", async () => {
    answering(200, { access_token: "t1", expires_in: 20 });
    const token = createMachineToken(machine());
    await token();
    await token();
    expect(kinde.requests).toHaveLength(2);
  });

  test("is asked for again after a failure", async () => {
    const token = createMachineToken(machine());
    answering(401, { error: "invalid_client" });
    await expect(token()).rejects.toThrow("Kinde gave no machine token: 401 (invalid_client)");
    answering(200, { access_token: "t1", expires_in: 3600 });
    expect(await token()).toBe("t1");
  });

  test("a strange answer is a failure, and its error does not hold the secret", async () => {
    kinde.answer = (_req, res) => void res.end("<h1>Welcome</h1>");
    const error = await createMachineToken(machine())().catch((caught) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toContain("secret-of-the-machine");
  });

  test("is not waited for longer than the limit", async () => {
    kinde.answer = () => undefined;
    await expect(createMachineToken(machine(), 50)()).rejects.toThrow();
  });
});

describe("refresh_claims", () => {
  test("is posted for the user, with the machine token", async () => {
    await refreshClaims(kinde.url, "t1", USER);
    expect(kinde.requests[0]).toMatchObject({
      method: "POST",
      path: `/api/v1/users/${USER}/refresh_claims`,
      headers: { authorization: "Bearer t1" },
    });
  });

  test("a user id cannot reach another address", async () => {
    await refreshClaims(kinde.url, "t1", "../../oauth2/x?a");
    expect(kinde.requests[0]?.path).toBe("/api/v1/users/..%2F..%2Foauth2%2Fx%3Fa/refresh_claims");
  });

  test("a refusal is an error", async () => {
    answering(403, { errors: [] });
    await expect(refreshClaims(kinde.url, "t1", USER)).rejects.toThrow("403");
  });
});

describe("revoke", () => {
  test("posts the token and the client's credentials", async () => {
    await revokeAccessToken({ domain: kinde.url, clientId: "c", clientSecret: "s" }, "old-token");
    expect(kinde.requests[0]).toMatchObject({ method: "POST", path: "/oauth2/revoke" });
    expect(Object.fromEntries(new URLSearchParams(kinde.requests[0]?.body))).toEqual({
      token: "old-token",
      token_type_hint: "access_token",
      client_id: "c",
      client_secret: "s",
    });
  });

  test("a refusal is an error that does not hold the token", async () => {
    answering(400, { error: "x" });
    const error = await revokeAccessToken(
      { domain: kinde.url, clientId: "c", clientSecret: "s" },
      "old-token",
    ).catch((caught) => caught);
    expect(error.message).toBe("Kinde did not revoke the token: 400");
  });
});
