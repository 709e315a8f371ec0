import { createServer, type IncomingHttpHeaders } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { close, listen } from "../../../local/http/listen.ts";
import { type LocalKinde, startIssuer } from "../../../local/issuer/index.ts";
import { createEndpointHealth } from "../../../local/issuer/webhookSchedule.ts";
import { createWebhookSender } from "../../../local/issuer/webhooks.ts";

let kinde: LocalKinde;
let port: number;
let received: { headers: IncomingHttpHeaders; body: string }[];
let answers: number[];
const receiver = createServer(async (req, res) => {
  let body = "";
  for await (const chunk of req) body += chunk;
  received.push({ headers: req.headers, body });
  res.writeHead(answers.shift() ?? 200).end();
});

beforeAll(async () => {
  port = await listen(receiver);
  kinde = await startIssuer({
    workflow: async () => ({ issued: true, claims: { accessToken: {}, idToken: {} } }),
    redirectUris: [],
    logoutUris: [],
    webhook: { url: `http://127.0.0.1:${port}/hook`, timeScale: 2e-5 },
  });
});
afterAll(async () => {
  await kinde.stop();
  await close(receiver);
});
beforeEach(() => {
  received = [];
  answers = [];
});

const newUser = { email: "ada@example.com", givenName: "Ada", familyName: "Lovelace" };

test("user.created is a JWT that names the user, signed with a published key", async () => {
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

test("an answer that is not 200 is retried, under the same webhook-id", async () => {
  answers = [500, 204, 302, 202];
  const user = kinde.users.create(newUser);
  await kinde.webhooksSettled();
  const own = kinde.deliveries.filter(({ userId }) => userId === user.id);
  expect(own.map(({ status }) => status)).toEqual([500, 204, 302, 202, 200]);
  expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(new Set(received.map(({ body }) => body)).size).toBe(1);
});

test("an endpoint that does not answer is tried again, even after a garbage collection", async () => {
  setFlagsFromString("--expose-gc");
  const collectMemory = runInNewContext("gc") as () => void;
  const collecting = setInterval(collectMemory, 20);
  const hanging = createServer(() => undefined);
  const sender = createWebhookSender({
    url: `http://127.0.0.1:${await listen(hanging)}`,
    timeScale: 1e-4,
    answerLimitMs: 300,
    sign: async () => "event",
    log: () => undefined,
  });
  onTestFinished(() => {
    clearInterval(collecting);
    sender.stop();
    hanging.closeAllConnections();
    hanging.close();
  });
  sender.send("user.created", {
    ...newUser,
    id: "kp_1",
    identityId: "i",
    permissions: [],
    note: "",
  });
  while (sender.deliveries.length < 2) await delay(20);
  expect(sender.deliveries.map(({ status }) => status)).toEqual([null, null]);
});

test("a delivery is given up at the end of Kinde's schedule, 36 hours after the event", async () => {
  answers = Array(20).fill(500);
  const start = performance.now();
  kinde.users.create(newUser);
  await kinde.webhooksSettled();
  expect(received).toHaveLength(10);
  const hours = (performance.now() - start) / 2e-5 / 3_600_000;
  expect(hours).toBeGreaterThanOrEqual(36);
  expect(kinde.webhookSwitchedOff).toBe(false);
});

test("many deliveries at once cause no warning about leaked listeners", async () => {
  const warnings: Error[] = [];
  const keep = (warning: Error) => void warnings.push(warning);
  process.on("warning", keep);
  onTestFinished(() => void process.off("warning", keep));
  answers = Array(100).fill(500);
  for (let sent = 0; sent < 12; sent++) kinde.users.create(newUser);
  await kinde.webhooksSettled();
  expect(warnings.map(({ message }) => message)).toEqual([]);
});

test("an endpoint that fails for 72 hours is switched off and gets no more events", async () => {
  const log: string[] = [];
  const impatient = await startIssuer({
    workflow: async () => ({ issued: true, claims: { accessToken: {}, idToken: {} } }),
    redirectUris: [],
    logoutUris: [],
    webhook: { url: `http://127.0.0.1:${port}/hook`, timeScale: 1e-6 },
    log: (line) => log.push(line),
  });
  onTestFinished(() => impatient.stop());
  answers = Array(100).fill(500);
  impatient.users.create(newUser);
  await impatient.webhooksSettled();
  await delay(72 * 3_600_000 * 1e-6);
  impatient.users.create(newUser);
  await impatient.webhooksSettled();
  expect(impatient.webhookSwitchedOff).toBe(true);
  expect(log.filter((line) => line.includes("switched off"))).toHaveLength(1);
  const before = received.length;
  impatient.users.create(newUser);
  await impatient.webhooksSettled();
  expect(received).toHaveLength(before);
});

test("the 72 hours start again with every received event", () => {
  let hours = 0;
  const health = createEndpointHealth(1, () => hours * 3_600_000);
  const statusAt = (time: number, status: number | null) => {
    hours = time;
    return health.record(status);
  };
  expect(statusAt(0, 500)).toBe("on");
  expect(statusAt(71, null)).toBe("on");
  expect(statusAt(71.5, 200)).toBe("on");
  expect(statusAt(73, 204)).toBe("on");
  expect(statusAt(144, 500)).toBe("on");
  expect(statusAt(145, 302)).toBe("switched off");
  expect(statusAt(146, 200)).toBe("switched off");
});
