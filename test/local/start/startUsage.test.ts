import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { UsageError } from "../../../local/command/errors.ts";
import { readOptions } from "../../../local/start/options.ts";
import { start } from "../../../local/start/start.ts";

/** Runs in this process, because a usage error ends the command before anything is started. */
const run = async (args: string[]) => start(readOptions(args));

const USER = ["--user", "kp_00000000000000000000000000000000"];
const SECRET = "sb_secret_never-to-be-printed";
const HOSTED = { SUPABASE_URL: "https://ref.supabase.co", SUPABASE_SECRET_KEY: SECRET };

beforeEach(() => {
  for (const name of Object.keys(process.env).filter((each) => each.startsWith("SUPABASE_"))) {
    vi.stubEnv(name, undefined);
  }
});
afterEach(() => vi.unstubAllEnvs());

describe("a wrong command line", () => {
  test.each([
    ["an option without its value", ["--user"], "argument missing"],
    ["a port that is not a number", ["--port", "http"], "A port is a number"],
    ["a port beyond the last", ["--port", "65536"], "A port is a number"],
    ["a word that is not an option", ["local"], "too many arguments"],
  ])("%s", async (_, args, message) => {
    await expectUsageError(args, message);
  });
});

describe("settings of a hosted project that cannot be used", () => {
  test.each([
    ["no user is named", [], HOSTED, "add --user"],
    ["the URL is missing", USER, { SUPABASE_SECRET_KEY: SECRET }, "but not SUPABASE_URL"],
    [
      "--keep is asked for",
      ["--keep", ...USER],
      HOSTED,
      "--keep works only with the local Supabase",
    ],
    [
      "--port is given",
      ["--port", "54321", ...USER],
      HOSTED,
      "--port works only with the local Supabase",
    ],
    [
      "the file does not exist",
      ["--env-file", "nowhere.env"],
      {},
      "nowhere.env cannot be read (ENOENT)",
    ],
    ["the file sets neither", ["--env-file", "package.json"], HOSTED, "sets neither"],
    [
      "URL and key are mixed up",
      USER,
      { SUPABASE_URL: SECRET, SUPABASE_SECRET_KEY: HOSTED.SUPABASE_URL },
      "SUPABASE_URL in the environment is not the URL",
    ],
    [
      "the URL holds a password",
      USER,
      { ...HOSTED, SUPABASE_URL: `https://me:${SECRET}@ref.supabase.co` },
      "SUPABASE_URL in the environment is not the URL",
    ],
  ])("%s", async (_, args, env: Record<string, string>, message) => {
    for (const [name, value] of Object.entries(env)) {
      vi.stubEnv(name, value);
    }
    await expectUsageError(args, message);
  });
});

async function expectUsageError(args: string[], message: string): Promise<void> {
  const error = await run(args).then(
    () => expect.fail("nothing was wrong with it"),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UsageError);
  const text = (error as UsageError).message;
  expect(text).toContain(message);
  expect(text).not.toContain("never-to-be-printed");
  expect(text).not.toContain("\n");
}
