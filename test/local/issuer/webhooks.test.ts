import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type LocalKinde, startIssuer } from "../../../local/issuer/index.ts";

let kinde: LocalKinde;
let received: { headers: IncomingHttpHeaders; body: string }[];
let answers: number[];
const receiver = createServer(async (req, res) => {
  let body = "";
  for await (const chunk of req) body += chunk;
  received.push({ headers: req.headers, body });
  res.writeHead(answers.shift() ?? 204).end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const { port } = receiver.address() as AddressInfo;
  kinde = await startIssuer({
    workflow: async () => ({ issued: true, claims: { accessToken: {}, idToken: {} } }),
    redirectUris: [],
    logoutUris: [],
    webhook: { url: `http://127.0.0.1:${port}/hook`, retryAfterMs: [0, 5, 10] },
  });
});
afterAll(async () => {
  await kinde.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(() => {
  received = [];
  answers = [];
});

const newUser = { email: "ada@example.com", givenName: "Ada", familyName: "Lovelace" };

test("user.created is a JWT signed with a published key, and says who", async () => {
  const user = kinde.users.create(newUser);
  await kinde.webhooksSettled();
  const [delivery] = received;
  expect(delivery?.headers["content-type"]).toBe("application/jwt");
  expect(delivery?.headers["webhook-id"]).toMatch(/^msg_/);
  const keys = createRemoteJWKSet(new URL(`${kinde.url}/.well-known/jwks.json`));
  const { payload } = await jwtVerify(delivery?.body ?? "", keys, { algorithms: ["RS256"] });
  expect(Object.keys(payload).sort()).toEqual([
    "data",
    "event_id",
    "event_timestamp",
    "source",
    "timestamp",
    "type",
  ]);
  expect(payload).toMatchObject({
    type: "user.created",
    data: {
      user: { id: user.id, email: "ada@example.com", first_name: "Ada", last_name: "Lovelace" },
    },
  });
});

test("user.deleted is sent when a user is removed", async () => {
  const user = kinde.users.create(newUser);
  kinde.users.remove(user.id);
  expect(kinde.users.remove(user.id)).toBe(false);
  await kinde.webhooksSettled();
  const types = kinde.deliveries.filter(({ userId }) => userId === user.id).map(({ type }) => type);
  expect(types.sort()).toEqual(["user.created", "user.deleted"]);
});

test("an answer that is not 2xx is retried, under the same webhook-id", async () => {
  answers = [500, 503];
  const user = kinde.users.create(newUser);
  await kinde.webhooksSettled();
  const own = kinde.deliveries.filter(({ userId }) => userId === user.id);
  expect(own.map(({ status }) => status)).toEqual([500, 503, 204]);
  expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
});

test("it is given up at the end of the schedule", async () => {
  answers = [500, 500, 500, 500];
  kinde.users.create(newUser);
  await kinde.webhooksSettled();
  expect(received).toHaveLength(3);
});
