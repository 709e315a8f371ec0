import { once as onceEvent } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { listen } from "../../../local/http/listen.ts";
import { spawnStart, start } from "./support.ts";

const REPOSITORY = join(import.meta.dirname, "../../..");
const SEEDED = [
  ...readFileSync(join(REPOSITORY, "supabase/seed.sql"), "utf8").matchAll(/kp_[0-9a-f]{32}/g),
].map(([id]) => id);
const UNKNOWN = "kp_00000000000000000000000000000000";

/**
 * One run of `npm start` in an environment with settings for other databases, shared by the tests.
 */
const plainRun = once(() =>
  start([], { env: { PGOPTIONS: "-c nonsense=1", PGSSLMODE: "require" }, asInstalled: true }),
);

/** The output of `npm start -- --keep --json`, and `query`, which asks the stack for rows. */
const keptRun = once(async () => {
  const { child, ended } = spawnStart(["--keep", "--json"]);
  const [chunk] = await onceEvent(child.stdout, "data");
  const { users, supabase } = JSON.parse(String(chunk));
  const query = () =>
    fetch(`${supabase.url}/rest/v1/profiles?select=kinde_id`, {
      headers: { apikey: supabase.secretKey },
    });
  const rows = await query().then((answer) => answer.json());
  child.kill("SIGINT");
  return { users, supabase, rows, query, ended: await ended };
});

describe("npm start", () => {
  test("prints a table of every seeded user and the log lines, and no whole id, key or JWT", async () => {
    const { stdout, stderr, exitCode } = await plainRun();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^user +lifetime_subscriber .*profile_complete .*outcome +ms$/m);
    for (const id of SEEDED) {
      expect(stdout).toMatch(
        new RegExp(`^kp_…${id.slice(-4)} +(true|false) +(true|false) .*found +\\d+$`, "m"),
      );
    }
    expect(stdout).toMatch(/^kp_…0000 +false +false .*missing +\d+$/m);
    expect(stdout.match(/^ {2}profile_claims outcome=/gm)).toHaveLength(SEEDED.length + 1);
    expect(stdout + stderr).not.toMatch(/kp_[0-9a-f]{32}|sb_|eyJ|postgresql:/);
  });

  test("--json prints only the claims of the seed and how to reach the stack", async () => {
    const { users, supabase, ended } = await keptRun();
    expect(ended.exitCode).toBe(0);
    expect(JSON.parse(ended.stdout)).toEqual({ users, supabase });
    expect(
      Object.fromEntries(
        users.map((run: { user: string; claims: object }) => [run.user, run.claims]),
      ),
    ).toMatchObject({
      kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01: { lifetime_subscriber: true, profile_complete: true },
      kp_7b1e9a3c4d5f40628e9f1a2b3c4d5e02: { lifetime_subscriber: false, profile_complete: true },
      kp_2f8d6c4b1a0948e7b6c5d4e3f2a1b003: { lifetime_subscriber: true, profile_complete: false },
      kp_9c7e5a3b1d2f4e608a9b0c1d2e3f4a04: { lifetime_subscriber: false, profile_complete: false },
      kp_4a6c8e0f2b1d4375869fa0b1c2d3e405: { lifetime_subscriber: false, profile_complete: false },
      [UNKNOWN]: { lifetime_subscriber: false, profile_complete: false },
    });
    expect(users[0]).toEqual({
      user: expect.stringMatching(/^kp_[0-9a-f]{32}$/),
      claims: expect.any(Object),
      outcome: "found",
      code: null,
      ms: expect.any(Number),
    });
    expect(supabase).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      publishableKey: expect.stringMatching(/^sb_publishable_/),
      secretKey: expect.stringMatching(/^sb_secret_/),
      workflowKey: expect.stringMatching(/^sb_secret_/),
      anonJwt: expect.stringMatching(/^eyJ/),
      serviceRoleJwt: expect.stringMatching(/^eyJ/),
      jwtSecret: expect.any(String),
      databaseUrl: expect.stringMatching(/^postgresql:\/\//),
    });
  });

  test("--user selects the users, in the given order", async () => {
    const [first, second] = SEEDED;
    const { stdout } = await start(["--json", "--user", String(second), "--user", String(first)]);
    expect(JSON.parse(stdout).users.map(({ user }: { user: string }) => user)).toEqual([
      second,
      first,
    ]);
  });

  test("--keep runs the stack until Ctrl-C, at the printed addresses", async () => {
    const { rows, query, ended } = await keptRun();
    expect(rows).toHaveLength(SEEDED.length);
    expect(ended).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining("Error") });
    await expect(query()).rejects.toThrow();
  });

  test("Ctrl-C during the start ends it, with the shell's exit code for Ctrl-C", async () => {
    const { child, ended } = spawnStart([]);
    await onceEvent(child.stderr, "data");
    child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(130);
    expect(stdout).toBe("");
    expect(stderr).not.toMatch(/ {4}at |Error/);
  });
});

describe("a hosted project", () => {
  /** Nothing listens here. The tests check the requests and the output. */
  const hosted = {
    SUPABASE_URL: "http://127.0.0.1:9",
    SUPABASE_SECRET_KEY: "sb_secret_never-to-be-printed",
  };

  test("is used when the environment names it. A failed lookup ends with exit code 1, and the key is never printed", async () => {
    const { stdout, stderr, exitCode } = await start(["--user", UNKNOWN], { env: hosted });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^kp_…0000 +false +false .*failed UNREACHABLE/m);
    expect(stdout + stderr).not.toMatch(/never-to-be-printed|kp_0{32}/);
  });

  test("is used when --env-file names it, and --json prints only its URL", async () => {
    const folder = temporaryFolder();
    const file = join(folder, ".env");
    writeFileSync(
      file,
      Object.entries(hosted)
        .map(([name, value]) => `${name}="${value}"\n`)
        .join(""),
    );
    const { stdout, stderr } = await start(["--json", "--user", UNKNOWN, "--env-file", file]);
    expect(JSON.parse(stdout).supabase).toEqual({ url: hosted.SUPABASE_URL });
    expect(stdout + stderr).not.toContain("never-to-be-printed");
  });

  test("is a usage error when the key is missing: one sentence, exit code 2", async () => {
    const { stderr, exitCode } = await start(["--user", UNKNOWN], {
      env: { SUPABASE_URL: hosted.SUPABASE_URL },
    });
    expectOneSentence(stderr, "not SUPABASE_SECRET_KEY");
    expect(exitCode).toBe(2);
  });
});

describe("wrong input is reported in one sentence without a stack trace", () => {
  test("an unknown option", async () => {
    const { stdout, stderr, exitCode } = await start(["--users", "kp_1"]);
    expectOneSentence(stderr, "unknown option '--users'");
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("a folder without kinde.json", async () => {
    const { stderr, exitCode } = await start([], { cwd: temporaryFolder() });
    expectOneSentence(stderr, "kinde.json");
    expect(exitCode).toBe(2);
  });

  test("a port that is in use", async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    const port = await listen(server);
    const { stderr, exitCode } = await start(["--port", String(port)]);
    expectOneSentence(stderr, String(port));
    expect(exitCode).toBe(3);
  });

  test.each(["/nowhere", "/proc"])(
    "a temporary folder that cannot be written: %s",
    async (TMPDIR) => {
      const { stderr, exitCode } = await start([], { env: { TMPDIR } });
      expectOneSentence(stderr, `temporary folder: ${TMPDIR} cannot be written`);
      expect(exitCode).toBe(3);
    },
  );

  test("a project that Kinde would refuse", async () => {
    const project = projectCopy();
    writeFileSync(
      join(project, "kindeSrc/environment/workflows/secondWorkflow.ts"),
      "export const workflowSettings = {};\nlet a; a ??= 1;\nexport default async function () {}\n",
    );
    const { stdout, stderr, exitCode } = await start([], { cwd: project });
    expectOneSentence(stderr, "secondWorkflow.ts");
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("migrations that no longer create the table", async () => {
    const project = projectCopy();
    writeFileSync(
      join(project, "supabase/migrations/20990101000000_gone.sql"),
      "drop table public.profiles;",
    );
    writeFileSync(join(project, "supabase/seed.sql"), "select 1;");
    const { stderr, exitCode } = await start([], { cwd: project });
    expectOneSentence(stderr, "public.profiles");
    expect(exitCode).toBe(3);
  });

  test("a broken migration", async () => {
    const project = projectCopy();
    writeFileSync(
      join(project, "supabase/migrations/20990101000000_broken.sql"),
      "create tabel x ();",
    );
    const { stderr, exitCode } = await start([], { cwd: project });
    expectOneSentence(stderr, "20990101000000_broken.sql");
    expect(stderr).toMatch(/syntax error/);
    expect(exitCode).toBe(3);
  });
});

test("a reader that stops reading, such as head, is not an error", async () => {
  const { child, ended } = spawnStart(["--json"]);
  child.stdout.destroy();
  expect(await ended).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining("EPIPE") });
});

test("settings of the environment for other databases change nothing", async () => {
  const { exitCode, stderr } = await plainRun();
  expect(stderr).not.toMatch(/npm start:/);
  expect(exitCode).toBe(0);
});

test("--help names every option and the exit codes", async () => {
  const { stdout, exitCode } = await start(["--help"]);
  expect(exitCode).toBe(0);
  for (const word of ["--user", "--keep", "--json", "--env-file", "--port", "Exit codes"]) {
    expect(stdout).toContain(word);
  }
});

/** Expects one line about the problem. Lines of progress may come before it. */
function expectOneSentence(stderr: string, message: string): void {
  const lines = stderr
    .trimEnd()
    .split("\n")
    .filter((line) => !line.endsWith("…"));
  expect(lines, stderr).toHaveLength(1);
  expect(lines[0]).toMatch(/^npm start: /);
  expect(lines[0]).toContain(message);
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "start-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function projectCopy(): string {
  const folder = temporaryFolder();
  for (const part of ["kinde.json", "package.json", "tsconfig.json", "kindeSrc", "supabase"]) {
    cpSync(join(REPOSITORY, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Starts the work at the first call, and returns its result to every caller. */
function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}
