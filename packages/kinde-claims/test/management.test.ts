import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  ConfigurationError,
  createManagementClient,
  type RequestError,
  revokeToken,
} from "../src/index.ts";
import { type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";

const SECRET = "secret-of-the-machine";

let kinde: FakeKinde;
/** The answers to refresh_claims, in order; 200 when the list is empty. */
let answers: { status: number; headers?: Record<string, string>; body?: string }[];
let tokenAnswer: { status: number; body: string };
let tokens: number;

beforeAll(async () => {
  kinde = await startFakeKinde();
});
afterAll(() => kinde.stop());
beforeEach(() => {
  vi.restoreAllMocks();
  kinde.requests.length = 0;
  answers = [];
  tokens = 0;
  tokenAnswer = { status: 200, body: "" };
  kinde.answer = ({ path }, res) => {
    if (path === "/oauth2/token") {
      const token = { access_token: `token-${++tokens}`, expires_in: 3600 };
      res.writeHead(tokenAnswer.status).end(tokenAnswer.body || JSON.stringify(token));
      return;
    }
    const { status, headers, body = "{}" } = answers.shift() ?? { status: 200 };
    res.writeHead(status, headers).end(body);
  };
});

const options = () => ({ domain: kinde.url, clientId: "machine", clientSecret: SECRET });
const paths = () => kinde.requests.map(({ path }) => path.replace(USER, "USER"));
const REFRESH = "/api/v1/users/USER/refresh_claims";

async function failureOf(work: Promise<unknown>): Promise<RequestError> {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught as RequestError,
  );
  expect(error).toBeInstanceOf(Error);
  const shown = `${error} ${JSON.stringify(error)}`;
  for (const hidden of [SECRET, USER, "token-1"]) expect(shown).not.toContain(hidden);
  return error as RequestError;
}

test("refresh_claims is posted for the user, with the machine token", async () => {
  await createManagementClient(options()).refreshClaims(USER);
  expect(kinde.requests[1]).toMatchObject({
    method: "POST",
    path: `/api/v1/users/${USER}/refresh_claims`,
    headers: { authorization: "Bearer token-1" },
  });
});

test("the id of an older tenant, kp:…, is encoded", async () => {
  await createManagementClient(options()).refreshClaims("kp:abc");
  expect(kinde.requests[1]?.path).toBe("/api/v1/users/kp%3Aabc/refresh_claims");
});

test.each(["", ".", "..", "../../oauth2/x?a", "ada", "kp_", "kp_a/b", 7])(
  "the user id %j is refused before a request is sent",
  async (userId) => {
    const error = await failureOf(
      createManagementClient(options()).refreshClaims(userId as string),
    );
    expect(error.code).toBe("INVALID_USER_ID");
    expect(kinde.requests).toEqual([]);
  },
);

describe("the machine token", () => {
  test("is requested with the client's credentials and the audience", async () => {
    await createManagementClient(options()).refreshClaims(USER);
    expect(Object.fromEntries(new URLSearchParams(kinde.requests[0]?.body))).toEqual({
      grant_type: "client_credentials",
      client_id: "machine",
      client_secret: SECRET,
      audience: `${kinde.url}/api`,
    });
  });

  test("is requested for the audience that is set for a custom domain", async () => {
    const audience = "https://example.kinde.com/api";
    await createManagementClient({ ...options(), audience }).refreshClaims(USER);
    expect(new URLSearchParams(kinde.requests[0]?.body).get("audience")).toBe(audience);
  });

  test("is requested once, also by calls at the same time", async () => {
    const client = createManagementClient(options());
    await Promise.all([1, 2, 3].map(() => client.refreshClaims(USER)));
    await client.refreshClaims(USER);
    expect(tokens).toBe(1);
  });

  test("is fetched separately by calls at the same time in Cloudflare Workers, where no request can wait for another one", async () => {
    vi.stubGlobal("navigator", { userAgent: "Cloudflare-Workers" });
    const client = createManagementClient(options());
    await Promise.all([1, 2, 3].map(() => client.refreshClaims(USER)));
    vi.unstubAllGlobals();
    expect(tokens).toBe(3);
    await client.refreshClaims(USER);
    expect(tokens).toBe(3);
  });

  test("is renewed 30 seconds before it expires, and not earlier", async () => {
    const client = createManagementClient(options());
    await client.refreshClaims(USER);
    const start = Date.now();
    vi.spyOn(Date, "now").mockReturnValue(start + 3_560_000);
    await client.refreshClaims(USER);
    expect(tokens).toBe(1);
    vi.spyOn(Date, "now").mockReturnValue(start + 3_575_000);
    await client.refreshClaims(USER);
    expect(tokens).toBe(2);
  });

  test("is renewed once when Kinde refuses it", async () => {
    const client = createManagementClient(options());
    await client.refreshClaims(USER);
    kinde.requests.length = 0;
    answers = [{ status: 401 }];
    await client.refreshClaims(USER);
    expect(paths()).toEqual([REFRESH, "/oauth2/token", REFRESH]);
    expect(kinde.requests[2]?.headers.authorization).toBe("Bearer token-2");
  });

  test("is not renewed again when Kinde refuses the new token", async () => {
    answers = [{ status: 401 }, { status: 401 }];
    const error = await failureOf(createManagementClient(options()).refreshClaims(USER));
    expect(error).toMatchObject({ code: "UNAUTHORIZED", status: 401 });
    expect(paths()).toEqual(["/oauth2/token", REFRESH, "/oauth2/token", REFRESH]);
  });

  test("is renewed once for all callers whose token was refused", async () => {
    const client = createManagementClient(options());
    await client.refreshClaims(USER);
    answers = [{ status: 401 }, { status: 401 }, { status: 401 }];
    await Promise.all([1, 2, 3].map(() => client.refreshClaims(USER)));
    expect(tokens).toBe(2);
  });

  test("that was just renewed is kept when the old token is refused late", async () => {
    const client = createManagementClient(options());
    await client.refreshClaims(USER);
    const answer = kinde.answer;
    let refuseLate: () => void = () => undefined;
    kinde.answer = (_request, res) => {
      kinde.answer = answer;
      refuseLate = () => void res.writeHead(401).end();
    };
    const late = client.refreshClaims(USER);
    await vi.waitFor(() => expect(kinde.answer).toBe(answer));
    answers = [{ status: 401 }];
    await client.refreshClaims(USER);
    refuseLate();
    await late;
    expect(tokens).toBe(2);
    expect(kinde.requests.at(-1)?.headers.authorization).toBe("Bearer token-2");
  });

  test("is requested again after a failure", async () => {
    const client = createManagementClient(options());
    tokenAnswer = { status: 401, body: JSON.stringify({ error: "invalid_client" }) };
    const error = await failureOf(client.refreshClaims(USER));
    expect(error.code).toBe("UNAUTHORIZED");
    expect(error.message).toBe(
      `POST ${kinde.url}/oauth2/token: 401 (invalid_client). Check the client id, the client secret and the audience.`,
    );
    tokenAnswer = { status: 200, body: "" };
    await client.refreshClaims(USER);
  });

  test.each(["<h1>Welcome</h1>", "{}", `{"access_token":7}`, "null"])(
    "cannot be read from the answer %s",
    async (body) => {
      tokenAnswer = { status: 200, body };
      const error = await failureOf(createManagementClient(options()).refreshClaims(USER));
      expect(error.code).toBe("UNAVAILABLE");
    },
  );
});

describe("a failure has a code", () => {
  test.each([
    [403, "FORBIDDEN"],
    [404, "NOT_FOUND"],
    [422, "REFUSED"],
    [302, "UNAVAILABLE"],
    [500, "UNAVAILABLE"],
    [503, "UNAVAILABLE"],
  ])("%i: %s", async (status, code) => {
    answers = [{ status, headers: status === 302 ? { location: `${kinde.url}/elsewhere` } : {} }];
    const error = await failureOf(createManagementClient(options()).refreshClaims(USER));
    expect(error).toMatchObject({ code, status, retryAfter: undefined });
    expect(error.message).toContain(`POST ${kinde.url}/api/v1/users/…/refresh_claims: ${status}`);
    expect(paths()).toEqual(["/oauth2/token", REFRESH]);
  });

  test.each([
    [{ "RateLimit-Reset": "17" }, 17],
    [{ "Retry-After": "3" }, 3],
    [{ "RateLimit-Reset": "17", "Retry-After": "3" }, 17],
    [{ "RateLimit-Reset": "soon" }, undefined],
    [{ "RateLimit-Reset": "-1" }, undefined],
    [{}, undefined],
  ])("429 with %j: RATE_LIMITED, and the seconds to wait", async (headers, retryAfter) => {
    answers = [{ status: 429, headers: headers as Record<string, string> }];
    const error = await failureOf(createManagementClient(options()).refreshClaims(USER));
    expect(error).toMatchObject({ code: "RATE_LIMITED", status: 429, retryAfter });
  });

  test("the message does not hold free text of the server", async () => {
    answers = [{ status: 400, body: JSON.stringify({ error: `${SECRET} is wrong` }) }];
    await failureOf(createManagementClient(options()).refreshClaims(USER));
  });

  test("no answer within the time limit: TIMED_OUT", async () => {
    kinde.answer = () => undefined;
    const client = createManagementClient({ ...options(), timeoutMs: 50 });
    const error = await failureOf(client.refreshClaims(USER));
    expect(error).toMatchObject({ code: "TIMED_OUT", status: undefined });
    expect(error.message).toContain("no answer within 50 ms");
  });

  test("an answer that stops in the middle: TIMED_OUT", async () => {
    kinde.answer = (_request, res) => void res.writeHead(200).write("{");
    const client = createManagementClient({ ...options(), timeoutMs: 50 });
    expect((await failureOf(client.refreshClaims(USER))).code).toBe("TIMED_OUT");
  });

  test("the time limit is 5 seconds unless given", async () => {
    vi.useFakeTimers();
    const hanging = (_url: unknown, init?: RequestInit) =>
      new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
      });
    let failed = false;
    const work = createManagementClient({ ...options(), fetch: hanging })
      .refreshClaims(USER)
      .catch(() => {
        failed = true;
      });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(failed).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(failed).toBe(true);
    vi.useRealTimers();
    await work;
  });

  test("no server listens: UNREACHABLE", async () => {
    const client = createManagementClient({ ...options(), domain: "http://127.0.0.1:1" });
    expect((await failureOf(client.refreshClaims(USER))).code).toBe("UNREACHABLE");
  });

  test("the caller aborts while the machine token is fetched: ABORTED, and others still receive the token", async () => {
    let release = () => {};
    const answer = kinde.answer;
    kinde.answer = (request, res) => {
      release = () => answer(request, res);
    };
    const client = createManagementClient(options());
    const caller = new AbortController();
    const aborted = failureOf(client.refreshClaims(USER, { signal: caller.signal }));
    const other = client.refreshClaims(USER);
    await vi.waitFor(() => expect(paths()).toEqual(["/oauth2/token"]));
    caller.abort();
    expect((await aborted).code).toBe("ABORTED");
    kinde.answer = answer;
    release();
    await other;
    expect(paths()).toEqual(["/oauth2/token", REFRESH]);
  });

  test("a signal that is already aborted: ABORTED, and no request is sent", async () => {
    const client = createManagementClient(options());
    const error = await failureOf(client.refreshClaims(USER, { signal: AbortSignal.abort() }));
    expect(error.code).toBe("ABORTED");
    expect(paths()).toEqual([]);
  });

  test("the caller aborts while Kinde does not answer: ABORTED", async () => {
    const answer = kinde.answer;
    kinde.answer = (request, res) => {
      if (request.path === "/oauth2/token") answer(request, res);
      else caller.abort();
    };
    const caller = new AbortController();
    const client = createManagementClient(options());
    const error = await failureOf(client.refreshClaims(USER, { signal: caller.signal }));
    expect(error.code).toBe("ABORTED");
  });
});

test.each(["domain", "clientId", "clientSecret"])(
  "a missing %s is reported at the first use",
  async (name) => {
    const client = createManagementClient({ ...options(), [name]: undefined });
    const error = await client.refreshClaims(USER).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(String(error)).toContain(`createManagementClient: ${name} is missing`);
  },
);

describe("revokeToken", () => {
  test("posts the token and the client's credentials", async () => {
    await revokeToken("token-1", { domain: kinde.url, clientId: "c", clientSecret: "s" });
    expect(kinde.requests[0]).toMatchObject({ method: "POST", path: "/oauth2/revoke" });
    expect(Object.fromEntries(new URLSearchParams(kinde.requests[0]?.body))).toEqual({
      token: "token-1",
      token_type_hint: "access_token",
      client_id: "c",
      client_secret: "s",
    });
  });

  test("throws an error without the token if Kinde refuses the request", async () => {
    answers = [{ status: 400, body: JSON.stringify({ error: "unsupported_token_type" }) }];
    const work = revokeToken("token-1", { domain: kinde.url, clientId: "c", clientSecret: SECRET });
    const error = await failureOf(work);
    expect(error.code).toBe("REFUSED");
    expect(error.message).toContain("/oauth2/revoke: 400 (unsupported_token_type)");
  });
});
