import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type FakeKinde, startFakeKinde } from "./support/fakeKinde.ts";
import { type FakeSupabase, startFakeSupabase } from "./support/fakeSupabase.ts";
import { endCliProcesses, startCli } from "./support/startCli.ts";
import { status, userId, userIds } from "./support/startRelayWorld.ts";

const SECRET = "secret-of-the-machine";
const KEY = "sb_secret_0123456789";
/** These times are long enough for a busy machine. */
const WAIT = { timeout: 60_000, interval: 20 };
const TEST_MS = 120_000;

let kinde: FakeKinde;
let supabase: FakeSupabase;
let folder: string;
/** Answers the calls of refresh_claims. */
let answer: (userId: string, res: ServerResponse) => void;
let calls: string[];

beforeAll(async () => {
  kinde = await startFakeKinde();
  kinde.answer = ({ path }, res) => {
    if (path === "/oauth2/token") {
      res.end(JSON.stringify({ access_token: "token-1", expires_in: 3600 }));
      return;
    }
    const user = path.split("/")[4] ?? "";
    calls.push(user);
    answer(user, res);
  };
  folder = mkdtempSync(join(tmpdir(), "kinde-claims-cli-"));
});
beforeEach(async () => {
  supabase = await startFakeSupabase();
  calls = [];
  answer = status(200);
});
afterEach(async () => {
  endCliProcesses();
  await supabase.stop();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await kinde.stop();
});

const settings = (more: Record<string, string> = {}) => ({
  SUPABASE_URL: supabase.url,
  SUPABASE_SECRET_KEY: KEY,
  KINDE_DOMAIN: kinde.url,
  KINDE_M2M_CLIENT_ID: "machine",
  KINDE_M2M_CLIENT_SECRET: SECRET,
  ...more,
});

/** Runs the command to its end. Its output never holds a secret, a user id or a stack trace. */
async function run(args: readonly string[], env: Record<string, string> = settings()) {
  const cli = startCli(args, env);
  const code = await cli.ended;
  const { stdout, stderr } = cli;
  for (const hidden of [SECRET, KEY, "token-1", "kp_", "    at "]) {
    expect(stdout + stderr).not.toContain(hidden);
  }
  return { code, stdout, stderr };
}

describe("the command line", () => {
  test.each([["--help"], ["-h"], ["relay", "--help"], ["help"]])(
    "%s shows the help",
    async (...args) => {
      const { code, stdout, stderr } = await run(args, {});
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("Usage: kinde-claims relay");
      for (const name of Object.keys(settings())) expect(stdout).toContain(name);
    },
  );

  test.each([
    [[], "A command is missing."],
    [["replay"], 'There is no command "replay".'],
    [["relay", "now"], "relay accepts only options."],
    [["relay", "--twice"], "Unknown option '--twice'."],
    [["relay", "--env-file"], "argument missing."],
  ])("%j is refused in one sentence, with exit code 2", async (args, problem) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^kinde-claims: .*See kinde-claims --help\.\n$/);
    expect(stderr).toContain(problem);
  });
});

describe("the settings", () => {
  test("that are missing are named together", async () => {
    const { KINDE_DOMAIN, SUPABASE_SECRET_KEY, ...rest } = settings();
    const { code, stderr } = await run(["relay"], { ...rest, KINDE_DOMAIN: " " });
    expect(code).toBe(2);
    expect(stderr).toContain("Set SUPABASE_SECRET_KEY, KINDE_DOMAIN in the environment");
    expect([KINDE_DOMAIN, SUPABASE_SECRET_KEY]).not.toContain(undefined);
  });

  test.each([
    ["SUPABASE_URL", "http://example.supabase.co", "SUPABASE_URL is not an https origin."],
    ["KINDE_DOMAIN", "http://example.kinde.com", "KINDE_DOMAIN is not an https origin."],
    ["KINDE_DOMAIN", "example.kinde.com", "KINDE_DOMAIN is not an https origin."],
    ["SUPABASE_SECRET_KEY", "sb_publishable_x", "SUPABASE_SECRET_KEY is a publishable key."],
    ["SUPABASE_SECRET_KEY", "a b", "SUPABASE_SECRET_KEY has characters that no key has."],
  ])("%s=%s is refused before a request", async (name, value, problem) => {
    const { code, stderr } = await run(["relay", "--once"], settings({ [name]: value }));
    expect(code).toBe(2);
    expect(stderr).toContain(`kinde-claims: ${problem}`);
    expect(supabase.calls).toEqual([]);
  });

  test("come only from --env-file if it is given", async () => {
    const file = join(folder, "settings.env");
    const { KINDE_M2M_CLIENT_ID, ...rest } = settings();
    const text = Object.entries(rest).map(([name, value]) => `${name}="${value}"\n`);
    writeFileSync(file, text.join(""));
    const args = ["relay", "--once", "--env-file", file];
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(`Set KINDE_M2M_CLIENT_ID in ${file}`);
    writeFileSync(file, `${text.join("")}KINDE_M2M_CLIENT_ID=${KINDE_M2M_CLIENT_ID}\n`);
    expect(await run(args, { SUPABASE_URL: "http://127.0.0.1:1" })).toMatchObject({ code: 0 });
  });

  test("in a file that does not exist are reported with its path", async () => {
    const { code, stderr } = await run(["relay", "--env-file", join(folder, "none")]);
    expect(code).toBe(2);
    expect(stderr).toContain(`none cannot be read (ENOENT)`);
  });
});

describe("relay --once", () => {
  test("tells Kinde about all waiting changes, and exits with code 0", async () => {
    supabase.queue.send(...userIds(120), userId(120));
    const { code, stdout, stderr } = await run(["relay", "--once"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(
      /^notified 100 users \(100 changes\) in \d+ ms\nnotified 20 users \(21 changes\) in \d+ ms\n$/,
    );
    expect(calls.toSorted()).toEqual(userIds(120));
    expect(supabase.queue.users).toEqual([]);
    expect(supabase.calls[0]?.headers).toMatchObject({ apikey: KEY });
  });

  test("says so when no changes are waiting", async () => {
    expect(await run(["relay", "--once"])).toMatchObject({
      code: 0,
      stderr: "No changes are waiting.\n",
    });
  });

  test("uses the audience that is set", async () => {
    supabase.queue.send(userId(1));
    kinde.requests.length = 0;
    await run(["relay", "--once"], settings({ KINDE_M2M_AUDIENCE: "https://k.kinde.com/api" }));
    const token = kinde.requests.find(({ path }) => path === "/oauth2/token");
    expect(new URLSearchParams(token?.body).get("audience")).toBe("https://k.kinde.com/api");
  });

  test("exits with code 1 if Kinde is unavailable, and the changes stay in the queue", async () => {
    answer = status(503);
    supabase.queue.send(...userIds(9));
    const { code, stderr } = await run(["relay", "--once"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^notified 0 of 9 users .*; paused for 1 s \(UNAVAILABLE\): POST .*: 503\./,
    );
    expect(supabase.queue.users).toHaveLength(9);
  });

  test("exits with code 1 if Supabase refuses the key", async () => {
    supabase.answer = (_call, res) => {
      res.writeHead(401).end(JSON.stringify({ message: "Invalid API key" }));
      return true;
    };
    const { code, stderr } = await run(["relay", "--once"]);
    expect(code).toBe(1);
    expect(stderr).toContain("cannot take changes (UNAUTHORIZED): POST");
    expect(stderr).toContain("Check that the key is a secret key");
  });

  test("--json prints one JSON object for each batch, and nothing else on stdout", async () => {
    supabase.queue.send(...userIds(101));
    const { stdout, stderr } = await run(["relay", "--once", "--json"]);
    const reports = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(reports).toMatchObject([
      { taken: 100, users: 100, notified: 100, gone: 0, retried: 0, dead: 0 },
      { taken: 1, users: 1, notified: 1, gone: 0, retried: 0, dead: 0 },
    ]);
    expect(stderr).toBe("");
  });
});

describe("relay", () => {
  test.each(["SIGTERM", "SIGINT"] as const)(
    "waits for changes, and after %s settles its batch and exits with code 0",
    { timeout: TEST_MS },
    async (signal) => {
      const cli = startCli(["relay"], settings());
      await vi.waitFor(() => expect(cli.stderr).toContain("Relaying claim changes"), WAIT);
      supabase.queue.send(userId(1));
      await vi.waitFor(() => expect(cli.stderr).toContain("notified 1 user (1 change)"), WAIT);

      answer = (_user, res) => {
        // Two signals for one Ctrl-C: one from the terminal, and one that npx passes on.
        if (calls.length === 2) for (let i = 0; i < 2; i++) cli.kill(signal);
        setTimeout(() => res.end("{}"), 300);
      };
      supabase.queue.send(...userIds(30).slice(1));
      expect(await cli.ended).toBe(0);
      expect(supabase.queue.users).toHaveLength(30 - calls.length);
      expect(supabase.queue.hiddenSeconds(userId(30))).toBe(0);
      expect(cli.stderr).toMatch(/Stopped\.\n$/);
      expect(cli.stderr).not.toContain("    at ");
    },
  );

  test("ends at once after SIGTERM if no changes are waiting", { timeout: TEST_MS }, async () => {
    const cli = startCli(["relay"], settings());
    await vi.waitFor(() => expect(supabase.calls).toHaveLength(1), WAIT);
    cli.kill("SIGTERM");
    expect(await cli.ended).toBe(0);
  });

  test("ends at once after another Ctrl-C that comes more than a second later", {
    timeout: TEST_MS,
  }, async () => {
    answer = () => undefined;
    supabase.answer = ({ name }) => name === "settle_claim_changes";
    supabase.queue.send(userId(1));
    const cli = startCli(["relay"], settings());
    await vi.waitFor(() => expect(calls).toHaveLength(1), WAIT);
    cli.kill("SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    cli.kill("SIGINT");
    expect(await cli.ended).toBe(130);
  });

  test("goes on when Supabase is available again", { timeout: TEST_MS }, async () => {
    let isAway = true;
    supabase.answer = (_call, res) => {
      if (isAway) res.socket?.destroy();
      return isAway;
    };
    const cli = startCli(["relay"], settings());
    await vi.waitFor(() => expect(cli.stderr).toContain("cannot take changes (UNREACHABLE)"), WAIT);
    isAway = false;
    supabase.queue.send(userId(1));
    await vi.waitFor(() => expect(supabase.queue.users).toEqual([]), WAIT);
    cli.kill("SIGTERM");
    expect(await cli.ended).toBe(0);
  });

  test("leaves the messages if it is killed by SIGKILL, and the next relay tells Kinde", {
    timeout: TEST_MS,
  }, async () => {
    answer = () => undefined;
    supabase.queue.send(...userIds(10));
    const cli = startCli(["relay"], settings());
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(0), WAIT);
    cli.kill("SIGKILL");
    expect(await cli.ended).toBe("SIGKILL");
    expect(supabase.queue.users).toHaveLength(10);
    answer = status(200);
    supabase.queue.pass(30);
    expect((await run(["relay", "--once"])).code).toBe(0);
    expect(supabase.queue.users).toEqual([]);
  });
});
