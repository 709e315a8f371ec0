import { type AddressInfo, connect } from "node:net";
import express, { type ErrorRequestHandler } from "express";
import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, test, vi } from "vitest";
import { createGuards, webhookRoute } from "../src/express/index.ts";
import {
  createMemoryDeliveries,
  createVerifier,
  createWebhookHandler,
  defineClaims,
  type Verifier,
} from "../src/index.ts";
import { AUDIENCE, type FakeKinde, startFakeKinde, USER } from "./support/fakeKinde.ts";

const claims = defineClaims({ member: false, tier: ["free", "pro"], seats: 0 });

let kinde: FakeKinde;
let url: string;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  kinde = await startFakeKinde();
  url = await serve(createApp());
});
afterEach(() => {
  kinde.keys = "served";
});
afterAll(() => Promise.all([...stops.map((stop) => stop()), kinde.stop()]));

async function serve(app: express.Express): Promise<string> {
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  stops.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function createApp(
  verifier: Verifier<typeof claims.absent> = createVerifier({
    issuer: kinde.url,
    audience: AUDIENCE,
    claims,
  }),
) {
  const { authenticateBearer, requireClaim, readToken } = createGuards(verifier, { realm: "demo" });
  const explain = "Subscribe, then fetch a new token.";
  const onError: ErrorRequestHandler = (error, _req, res, _next) => {
    res.status(500).json({ error: error.code });
  };
  return express()
    .get("/me", authenticateBearer, (_req, res) => {
      res.json({ userId: readToken(res).userId, ...readToken(res).claims });
    })
    .get("/members", authenticateBearer, requireClaim("member", { explain }), (_req, res) => {
      res.json({ ok: true });
    })
    .get("/pro", authenticateBearer, requireClaim("tier", { equals: "pro" }), (_req, res) => {
      res.json({ tier: readToken(res).claims.tier });
    })
    .get("/guests", authenticateBearer, requireClaim("member", { equals: false }), (_req, res) => {
      res.json({ ok: true });
    })
    .get("/unguarded", requireClaim("member"), (_req, res) => {
      res.json({ ok: true });
    })
    .use(onError);
}

async function get(path: string, authorization?: string, at = url) {
  const response = await fetch(at + path, { headers: authorization ? { authorization } : {} });
  return {
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    challenge: response.headers.get("www-authenticate"),
    cache: response.headers.get("cache-control"),
    retryAfter: response.headers.get("retry-after"),
    body: (await response.json()) as Record<string, unknown>,
  };
}
const bearer = async (more?: Record<string, unknown>) => `Bearer ${await kinde.token(more)}`;

describe("authenticateBearer", () => {
  test("lets a valid token pass, and the route reads the claims", async () => {
    const { status, body } = await get("/me", await bearer({ member: true, seats: 3 }));
    expect(status).toBe(200);
    expect(body).toEqual({ userId: USER, member: true, tier: "free", seats: 3 });
  });

  test.each(["", "Basic YTpi", "Token abc"])(
    "answers %j with 401 and a challenge without an error",
    async (sent) => {
      const answer = await get("/me", sent);
      expect(answer.status).toBe(401);
      expect(answer.challenge).toBe('Bearer realm="demo"');
      expect(answer.type).toContain("application/problem+json");
      expect(answer.cache).toBe("no-store");
      expect(answer.body).toMatchObject({ type: "urn:demo:token-required", status: 401 });
    },
  );

  test.each(["Bearer", "Bearer a b", "Bearer a,b", "bearer ?"])(
    "answers %j with 400 invalid_request",
    async (sent) => {
      const answer = await get("/me", sent);
      expect(answer.status).toBe(400);
      expect(answer.challenge).toContain('error="invalid_request"');
      expect(answer.body).toMatchObject({ type: "urn:demo:token-unreadable" });
    },
  );

  test("answers an invalid token with 401 invalid_token and the code", async () => {
    const answer = await get("/me", await bearer({ exp: 1 }));
    expect(answer.status).toBe(401);
    expect(answer.challenge).toBe(
      'Bearer realm="demo", error="invalid_token", error_description="The access token expired"',
    );
    expect(answer.body).toEqual({
      type: "urn:demo:token-refused",
      status: 401,
      title: "The access token was refused",
      detail: "The access token expired.",
      code: "EXPIRED",
    });
  });

  test("answers 503 while Kinde's keys cannot be fetched", async () => {
    kinde.keys = "failing";
    const answer = await get("/me", await bearer(), await serve(createApp()));
    expect(answer).toMatchObject({ status: 503, retryAfter: "5", challenge: null });
    expect(answer.body).toMatchObject({ type: "urn:demo:keys-unavailable" });
  });

  test("passes the error of a missing option to the error handler of the app", async () => {
    const verifier = createVerifier({ issuer: "", audience: AUDIENCE, claims });
    const answer = await get("/me", await bearer(), await serve(createApp(verifier)));
    expect(answer).toMatchObject({ status: 500, body: { error: "CONFIGURATION" } });
  });
});

describe("requireClaim", () => {
  test("lets a token with the claim pass", async () => {
    expect((await get("/members", await bearer({ member: true }))).status).toBe(200);
    expect((await get("/pro", await bearer({ tier: "pro" }))).status).toBe(200);
    expect((await get("/guests", await bearer())).status).toBe(200);
  });

  test("answers a token without the claim with 403 and the name of the claim", async () => {
    const answer = await get("/members", await bearer());
    expect(answer.status).toBe(403);
    expect(answer.challenge).toBe(
      'Bearer realm="demo", error="insufficient_scope", error_description="The claim member must be true"',
    );
    expect(answer.body).toEqual({
      type: "urn:demo:claim-required",
      status: 403,
      title: "The claim member is not true",
      detail: "Subscribe, then fetch a new token.",
      claim: "member",
    });
  });

  test.each(["true", 1, null])("does not accept %j as true", async (member) => {
    expect((await get("/members", await bearer({ member }))).status).toBe(403);
  });

  test("compares a union with the required value", async () => {
    const answer = await get("/pro", await bearer({ tier: "free" }));
    expect(answer.body).toMatchObject({ title: "The claim tier is not pro", claim: "tier" });
  });

  test("refuses with an error if authenticateBearer is not before it", async () => {
    const answer = await get("/unguarded", await bearer({ member: true }));
    expect(answer).toMatchObject({ status: 500, body: { error: "CONFIGURATION" } });
  });

  test("has the types of the claims", () => {
    const typed = (_check: (guards: ReturnType<typeof createTyped>) => unknown) => undefined;
    const createTyped = () => createGuards({ claims } as Verifier<typeof claims.absent>);
    typed(({ requireClaim }) => requireClaim("member"));
    typed(({ requireClaim }) => requireClaim("seats", { equals: 3 }));
    // @ts-expect-error: not a claim
    typed(({ requireClaim }) => requireClaim("beta"));
    // @ts-expect-error: only a boolean claim has a default value
    typed(({ requireClaim }) => requireClaim("tier"));
    // @ts-expect-error: not a value of the union
    typed(({ requireClaim }) => requireClaim("tier", { equals: "enterprise" }));
    expectTypeOf<
      ReturnType<ReturnType<typeof createTyped>["readToken"]>["claims"]["tier"]
    >().toEqualTypeOf<"free" | "pro">();
  });
});

/**
 * Sends bytes, and returns the lines of the answer. The client can disconnect before the answer.
 */
function sendRaw(
  at: string,
  text: string,
  { leaveAfterMs }: { leaveAfterMs?: number } = {},
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(at).port), "127.0.0.1");
    let received = "";
    socket.once("error", reject);
    socket.once("close", () => resolve(received.split("\r\n")));
    socket.on("data", (chunk) => {
      received += chunk;
      socket.destroy();
    });
    socket.write(text);
    if (leaveAfterMs !== undefined) setTimeout(() => socket.destroy(), leaveAfterMs);
  });
}

describe("webhookRoute", () => {
  const created: string[] = [];
  const handler = () =>
    createWebhookHandler({
      issuer: kinde.url,
      deliveries: createMemoryDeliveries(),
      onUserCreated: ({ id }) => created.push(id),
      onUserDeleted: () => undefined,
    });
  const event = () =>
    kinde.sign({
      type: "user.created",
      event_id: "event_1",
      event_timestamp: new Date().toISOString(),
      data: { user: { id: USER } },
    });
  const post = (at: string, body: string) =>
    fetch(`${at}/hook`, { method: "POST", headers: { "content-type": "application/jwt" }, body });

  test("passes a request to the handler, and answers with its response", async () => {
    const at = await serve(express().use("/hook", webhookRoute(handler())));
    expect((await post(at, await event())).status).toBe(200);
    expect(created).toEqual([USER]);
    const refused = await post(at, "hello");
    expect(refused.status).toBe(401);
    expect(refused.headers.get("content-type")).toContain("application/problem+json");
    expect(await refused.json()).toMatchObject({ code: "BAD_SIGNATURE" });
    expect((await fetch(`${at}/hook`)).status).toBe(405);
  });

  test("accepts a body that a parser has already read", async () => {
    const app = express().use(express.text({ type: "*/*" }), webhookRoute(handler()));
    expect((await post(await serve(app), await event())).status).toBe(200);
  });

  test("answers every method except POST with 405, even those that Request does not accept", async () => {
    const at = await serve(express().use("/hook", webhookRoute(handler())));
    for (const method of ["TRACE", "PUT", "DELETE"]) {
      const [status] = await sendRaw(at, `${method} /hook HTTP/1.1\r\nHost: app\r\n\r\n`);
      expect(`${method} ${status}`).toContain("405");
    }
  });

  test("answers 400 when another middleware has read the body", async () => {
    const drain: express.RequestHandler = async (req, _res, next) => {
      for await (const _chunk of req);
      next();
    };
    const at = await serve(express().use("/hook", drain, webhookRoute(handler())));
    const answer = await post(at, await event());
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: "BODY_UNREADABLE" });
  });

  test("reports a client that disconnects in the middle of the body to onError, and not to Express", async () => {
    const codes: string[] = [];
    const failures: unknown[] = [];
    const onFailure: express.ErrorRequestHandler = (error, _req, res, _next) => {
      failures.push(error);
      res.end();
    };
    const hook = webhookRoute(
      createWebhookHandler({
        issuer: kinde.url,
        deliveries: createMemoryDeliveries(),
        onUserCreated: () => undefined,
        onUserDeleted: () => undefined,
        onError: (error) => codes.push(error.code),
      }),
    );
    const at = await serve(express().use("/hook", hook, onFailure));
    const head = "POST /hook HTTP/1.1\r\nHost: app\r\nContent-Type: application/jwt\r\n";
    await sendRaw(at, `${head}Content-Length: 100\r\n\r\nabc`, { leaveAfterMs: 50 });
    await vi.waitFor(() => expect(codes).toEqual(["BODY_UNREADABLE"]), 10_000);
    expect(failures).toEqual([]);
  });

  test("answers a large body with 413, and the client receives the answer", async () => {
    const at = await serve(express().use("/hook", webhookRoute(handler())));
    const answer = await post(at, "x".repeat(2_000_000));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: "BODY_TOO_LARGE" });
  });
});
