import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { UsageError } from "../../../local/command/errors.ts";
import { readOptions } from "../../../local/demo/options.ts";
import { runApp as command } from "../../../local/demo/runApp.ts";
import { close, listen } from "../../../local/http/listen.ts";
import { eventually, processesMentioning } from "../../support/processes.ts";
import { startProgram, startTypeScript } from "../../support/programs.ts";

/** The parent of the stack's folder. PostgreSQL's command line contains its name. */
let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "app-command-"));
  // The database's user must be able to enter it.
  chmodSync(temporary, 0o711);
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const MAIN = "examples/express/main.ts";
const run = (program: string, args: string[], variables: Record<string, string>) =>
  startTypeScript(program, args, { env: { ...variables, TMPDIR: temporary } });
/** Starts `npm run app -- …` without npm, so that signals reach it and the exit code is its own. */
const runApp = (args: string[], variables: Record<string, string> = {}) =>
  run("local/demo.ts", ["--", ...args], variables);

const nothingIsLeft = () =>
  eventually(
    () =>
      processesMentioning(temporary).length === 0 &&
      !readdirSync(temporary).some((name) => name.startsWith("local-supabase")),
  );

test("prints one address, serves it, and ends with Ctrl-C without leaving anything behind", async () => {
  // Started as npm does, although the program that is built for the tests would be faster.
  const { child, printed, prints, ended } = startProgram(
    process.execPath,
    ["local/command/run.js", "local/demo.ts", "--"],
    { env: { TMPDIR: temporary } },
  );
  await prints("Ctrl-C");
  const addresses = printed.stdout.match(/http:\S+/g);
  expect(addresses).toHaveLength(1);
  const response = await fetch(addresses?.[0] ?? "");
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("Create an account");
  child.kill("SIGINT");
  expect((await ended).exitCode).toBe(0);
  expect(await nothingIsLeft()).toBe(true);
});

test("leaves nothing behind when it is killed, and --json prints one document", async () => {
  const { child, printed, prints, ended } = runApp(["--json"]);
  await prints("\n");
  expect(JSON.parse(printed.stdout)).toMatchObject({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    kinde: { url: expect.any(String), app: { clientId: expect.any(String) } },
  });
  child.kill("SIGKILL");
  await ended;
  expect(await nothingIsLeft()).toBe(true);
});

test("--measure prints the times from the saved form to the visible claim, and ends", async () => {
  const { stdout, exitCode } = await runApp(["--measure", "--runs", "1", "--json"]).ended;
  expect(exitCode).toBe(0);
  const { measurements } = JSON.parse(stdout);
  expect(measurements.map((each: { kindeNeeds: string }) => each.kindeNeeds)).toEqual([
    "refresh",
    "refresh_claims",
    "revoke",
    "silent",
  ]);
  expect(measurements[0].savedToToken.median).toBeGreaterThan(0);
});

/** A hosted Kinde and Supabase. They get no request before a user signs in. */
const HOSTED = {
  KINDE_DOMAIN: "https://x.kinde.com",
  KINDE_CLIENT_ID: "id",
  KINDE_CLIENT_SECRET: "a".repeat(50),
  SUPABASE_URL: "https://ref.supabase.co",
  SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x",
  SUPABASE_SECRET_KEY: "sb_secret_x",
};

describe("in front of hosted services", () => {
  test("it serves the app, and --json prints one document", async () => {
    const { child, printed, prints, ended } = runApp(
      ["--json", "--port", String(await freePort())],
      {
        ...HOSTED,
        HOST: "0.0.0.0",
      },
    );
    await prints("\n");
    const { url } = JSON.parse(printed.stdout);
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    expect((await fetch(url.replace("localhost", "127.0.0.1"))).status).toBe(200);
    child.kill("SIGINT");
    expect((await ended).exitCode).toBe(0);
  });

  test.each(["--kinde-port 4000", "--freshness never", "--token-seconds 60", "--allow-writes"])(
    "%s works only with the local Kinde",
    async (option) => {
      for (const [name, value] of Object.entries(HOSTED)) vi.stubEnv(name, value);
      const running = command(readOptions(option.split(" ")));
      await expect(running).rejects.toThrow(
        `${option.split(" ")[0]} works only with the local Kinde`,
      );
      vi.unstubAllEnvs();
    },
  );

  test.each([
    [{ SUPABASE_URL: "foo" }, "SUPABASE_URL must be an origin"],
    [{ KINDE_DOMAIN: "https://a_b%zz" }, "KINDE_DOMAIN must be an origin"],
    [{ PORT: "abc" }, "PORT must be a number up to 65535."],
    [{ HOST: "203.0.113.1" }, "HOST"],
  ])(
    "%j is reported in one sentence, by both programs, with exit code 2",
    async (wrong, sentence) => {
      const variables = { ...HOSTED, APP_URL: "https://app.example.com", ...wrong };
      const programs = [runApp([], variables), run(MAIN, [], variables)];
      for (const { ended } of programs) {
        const { exitCode, stderr, stdout } = await ended;
        expect(exitCode).toBe(2);
        expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(sentence)]);
        expect(stdout).toBe("");
      }
    },
  );

  test("examples/express/main.ts reports a port that is in use", async () => {
    const port = await takePort();
    const variables = { ...HOSTED, APP_URL: "https://app.example.com", PORT: String(port) };
    const { exitCode, stderr } = await run(MAIN, [], variables).ended;
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      `The app cannot listen on 127.0.0.1, port ${port} (EADDRINUSE). Set PORT or HOST.\n`,
    );
  });
});

/** Finds a free port. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return port;
}

/** Listens on a port while the test runs, and returns it. */
async function takePort(): Promise<number> {
  const server = createServer();
  onTestFinished(() => close(server));
  return listen(server);
}

describe("wrong input", () => {
  afterEach(() => void vi.unstubAllEnvs());

  test("is reported in one sentence, with exit code 2 and without a stack trace", async () => {
    const { stderr, stdout, exitCode } = await runApp(["--frehsness", "x"]).ended;
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      "npm run app: unknown option '--frehsness' (Did you mean --freshness?). See npm run app -- --help.\n",
    );
    expect(stdout).toBe("");
  });

  test.each([
    [["--freshness", "x"], /Allowed choices are refresh, refresh_claims/],
    [["--port", "99999"], /A port is a number from 1 to 65535/],
    [["--runs", "many"], /A whole number from 1 to 1000/],
    [["something"], /too many arguments/],
  ])("%j is a usage error", (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
    expect(() => readOptions(args)).toThrow(UsageError);
  });

  test("an --env-file that does not exist is reported", async () => {
    const options = readOptions(["--", "--env-file", "/nowhere/.env"]);
    await expect(command(options)).rejects.toThrow("--env-file /nowhere/.env cannot be read");
  });

  test("a hosted Kinde with half of its settings is reported", async () => {
    vi.stubEnv("KINDE_DOMAIN", "https://x.kinde.com");
    await expect(command(readOptions([]))).rejects.toThrow(
      /Set KINDE_CLIENT_ID, KINDE_CLIENT_SECRET/,
    );
  });

  test("a hosted Supabase with half of its settings is reported", async () => {
    vi.stubEnv("SUPABASE_URL", "https://x.supabase.co");
    await expect(command(readOptions([]))).rejects.toThrow(/SUPABASE_SECRET_KEY/);
  });

  test("a port that is in use is reported", async () => {
    const port = await takePort();
    await expect(command(readOptions(["--port", `${port}`]))).rejects.toThrow(
      `Port ${port} is taken`,
    );
  });
});
