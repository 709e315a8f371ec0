import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { readOptions } from "../../local/app/options.ts";
import { runApp as command } from "../../local/app/runApp.ts";
import { UsageError } from "../../local/start/errors.ts";
import { eventually, processesMentioning } from "../supabase/support/processes.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

/** The stack's folder lies here, and its name stands in PostgreSQL's command line. */
let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "app-command-"));
  // The database's user has to reach what is below it.
  chmodSync(temporary, 0o711);
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** `npm run app -- …` without npm in between, so that signals and exit codes are its own. */
function runApp(args: string[]) {
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(SUPABASE|KINDE|APP)_/.test(name),
  );
  const child = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), join(REPOSITORY, "local/app.ts"), "--", ...args],
    {
      cwd: REPOSITORY,
      env: { ...Object.fromEntries(clean), TMPDIR: temporary },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (printed.stdout += chunk));
  child.stderr.on("data", (chunk) => (printed.stderr += chunk));
  const ended = new Promise<{ exitCode: number | null } & typeof printed>((resolve) => {
    child.once("close", (exitCode) => resolve({ exitCode, ...printed }));
  });
  return { child, printed, ended };
}

const nothingIsLeft = () =>
  eventually(
    () =>
      processesMentioning(temporary).length === 0 &&
      !readdirSync(temporary).some((name) => name.startsWith("local-supabase")),
    5_000,
  );

test("prints the one address, serves it, and ends with Ctrl-C, leaving nothing", async () => {
  const { child, printed, ended } = runApp([]);
  await eventually(() => printed.stdout.includes("Ctrl-C"), 20_000);
  const addresses = printed.stdout.match(/http:\S+/g);
  expect(addresses).toHaveLength(1);
  const response = await fetch(addresses?.[0] ?? "");
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("Create an account");
  child.kill("SIGINT");
  expect((await ended).exitCode).toBe(0);
  expect(await nothingIsLeft()).toBe(true);
});

test("killed without warning, it leaves nothing; --json is one document", async () => {
  const { child, printed, ended } = runApp(["--json"]);
  await eventually(() => printed.stdout.includes("\n"), 20_000);
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

describe("what cannot be worked with", () => {
  afterEach(() => void vi.unstubAllEnvs());

  test("is told in a sentence, with exit code 2 and no stack trace", async () => {
    const { stderr, stdout, exitCode } = await runApp(["--frehsness", "x"]).ended;
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      "npm run app: unknown option '--frehsness' (Did you mean --freshness?). See npm run app -- --help.\n",
    );
    expect(stdout).toBe("");
  });

  test.each([
    [["--freshness", "x"], /Allowed choices are refresh, refresh_claims/],
    [["--port", "99999"], /A number from 1 to 65535/],
    [["--runs", "many"], /A number from 1 to 1000/],
    [["something"], /too many arguments/],
  ])("%j is a usage error", (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
    expect(() => readOptions(args)).toThrow(UsageError);
  });

  test("an --env-file that is not there", async () => {
    const options = readOptions(["--", "--env-file", "/nowhere/.env"]);
    await expect(command(options)).rejects.toThrow("--env-file /nowhere/.env cannot be read");
  });

  test("a hosted Kinde with half of its settings", async () => {
    vi.stubEnv("KINDE_DOMAIN", "https://x.kinde.com");
    await expect(command(readOptions([]))).rejects.toThrow(
      /Set KINDE_CLIENT_ID, KINDE_CLIENT_SECRET/,
    );
  });

  test("a hosted Supabase with half of its settings", async () => {
    vi.stubEnv("SUPABASE_URL", "https://x.supabase.co");
    await expect(command(readOptions([]))).rejects.toThrow(/SUPABASE_SECRET_KEY/);
  });

  test("a port that is taken", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await expect(command(readOptions(["--port", `${port}`]))).rejects.toThrow(
      `Port ${port} is taken`,
    );
    server.close();
  });
});
