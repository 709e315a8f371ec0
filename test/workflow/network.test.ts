import { createServer } from "node:net";
import { createKinde } from "kinde-local";
import { afterAll, beforeAll, expect, test } from "vitest";
import { close, listen } from "../../local/http/listen.ts";
import { runSafely, SECRET_KEY, UNKNOWN_CLAIMS, USER } from "./support/harness.ts";

const kinde = createKinde({ project: ".", env: { SUPABASE_SECRET_KEY: SECRET_KEY } });
afterAll(() => kinde.close());

/** A port on which no program listens. */
let closedPort: number;
beforeAll(async () => {
  const server = createServer();
  closedPort = await listen(server);
  await close(server);
});

/** A server that closes every connection. */
const hangsUp = createServer((socket) => socket.destroy());
let usedPort: number;
beforeAll(async () => {
  usedPort = await listen(hangsUp);
});
afterAll(() => close(hangsUp));

test.each([
  ["a host that does not exist", () => "https://ref.supabase.invalid", "host name is unknown"],
  [
    "a port where nothing listens",
    () => `http://127.0.0.1:${closedPort}`,
    "nothing listens at this address",
  ],
  ["a server that hangs up", () => `http://127.0.0.1:${usedPort}`, "no answer"],
  ["TLS to a server without TLS", () => `https://127.0.0.1:${usedPort}`, ""],
])("%s is UNREACHABLE, and the log contains no part of the URL", async (_, url, hint) => {
  const env = { SUPABASE_URL: url(), SUPABASE_SECRET_KEY: SECRET_KEY };
  const { code, claims, line, run } = await runSafely(kinde, { user: USER, env });
  expect(code).toBe("UNREACHABLE");
  expect(claims).toEqual(UNKNOWN_CLAIMS);
  expect(line).toContain(hint);
  expect(line).not.toMatch(/127\.0\.0\.1|http|supabase\.invalid/);
  expect(run.fetches).toHaveLength(1);
});
