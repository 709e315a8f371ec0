import { createServer } from "node:net";
import { createKinde } from "kinde-local";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runSafely, SECRET_KEY, UNKNOWN_CLAIMS, USER } from "./support/harness.ts";

const kinde = createKinde({ project: ".", env: { SUPABASE_SECRET_KEY: SECRET_KEY } });
afterAll(() => kinde.close());

/** A port that was free a moment ago. */
let closedPort: number;
beforeAll(async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closedPort = Number(new URL(urlOf(server)).port);
  await new Promise<void>((done) => void server.close(() => done()));
});

/** A server that hangs up on everybody. */
const hangsUp = createServer((socket) => socket.destroy());
beforeAll(() => new Promise<void>((done) => hangsUp.listen(0, "127.0.0.1", done)));
afterAll(() => new Promise<void>((done) => void hangsUp.close(() => done())));

function urlOf(server: ReturnType<typeof createServer>): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
}

test.each([
  ["a host that does not exist", () => "https://ref.supabase.invalid", "host name is unknown"],
  ["a port where nothing listens", () => `http://127.0.0.1:${closedPort}`, "nothing listens there"],
  ["a server that hangs up", () => urlOf(hangsUp), "no answer"],
  ["TLS to a server that speaks none", () => urlOf(hangsUp).replace("http:", "https:"), ""],
])("%s is UNREACHABLE, and the log holds nothing of the URL", async (_, url, hint) => {
  const env = { SUPABASE_URL: url(), SUPABASE_SECRET_KEY: SECRET_KEY };
  const { code, claims, line, run } = await runSafely(kinde, { user: USER, env });
  expect(code).toBe("UNREACHABLE");
  expect(claims).toEqual(UNKNOWN_CLAIMS);
  expect(line).toContain(hint);
  expect(line).not.toMatch(/127\.0\.0\.1|http|supabase\.invalid/);
  expect(run.fetches).toHaveLength(1);
});
