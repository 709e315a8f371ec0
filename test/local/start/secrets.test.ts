import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { watchProcesses } from "../../supabase/support/processList.ts";
import { spawnStart } from "./support.ts";

/** The id of a system user that owns none of the processes in these tests. */
const STRANGER = Number(
  /^nobody:[^:]*:(\d+):/m.exec(readFileSync("/etc/passwd", "utf8"))?.[1] ?? Number.NaN,
);
const canBeStranger = process.getuid?.() === 0 && !Number.isNaN(STRANGER);

// Without the tests' cache, npm start creates the database as it does outside the tests.
beforeEach(() => vi.stubEnv("LOCAL_SUPABASE_CACHE", undefined));
afterEach(() => vi.unstubAllEnvs());

test.runIf(process.platform === "linux")(
  "no process of npm start shows a secret in its arguments or, to another user, in its environment",
  async () => {
    const watches = await Promise.all([
      watchProcesses(),
      ...(canBeStranger ? [watchProcesses(STRANGER)] : []),
    ]);
    const { child, ended } = spawnStart(["--keep", "--json"], { asInstalled: true });
    onTestFinished(() => void child.kill("SIGINT"));
    const [chunk] = await once(child.stdout, "data");
    const [own, strangers] = await Promise.all(watches.map((stop) => stop()));
    child.kill("SIGINT");
    await ended;

    const { url: _, databaseUrl, ...keys } = JSON.parse(String(chunk)).supabase;
    // Only this user can read PostgREST's environment, which holds a role's password.
    const postgrest = own?.environments.find((text) => text.includes(keys.jwtSecret));
    const authenticator = /PGRST_DB_URI=(\S+)/.exec(postgrest ?? "")?.[1] ?? "";
    const passwords = [databaseUrl, authenticator].map((address) => new URL(address).password);
    const secrets = [...Object.values<string>(keys), ...passwords];
    expect(secrets.filter((secret) => secret.length < 20)).toEqual([]);
    for (const sight of [own, strangers].filter((each) => each !== undefined)) {
      // The watcher saw each program, and the CLI while it pushed the migrations.
      for (const program of [/initdb --pgdata/, /postgres -D/, /supabase db push/, /postgrest/]) {
        expect(sight.commandLines).toContainEqual(expect.stringMatching(program));
      }
      expect(sight.commandLines.filter(holdsOneOf(secrets))).toEqual([]);
    }
    expect(
      strangers?.environments.filter(holdsOneOf(["PGRST_", "PGPASSWORD", ...secrets])),
    ).toEqual(canBeStranger ? [] : undefined);
  },
);

function holdsOneOf(secrets: readonly string[]) {
  return (text: string) => secrets.some((secret) => text.includes(secret));
}
