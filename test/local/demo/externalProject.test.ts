import { createServer } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { createRows, type Rows } from "../../../examples/express/test/support/rows.ts";
import { UsageError } from "../../../local/command/errors.ts";
import { readExternalProject } from "../../../local/demo/externalProject.ts";
import { createHttpBrowser, register } from "../../../local/demo/httpBrowser.ts";
import { readOptions } from "../../../local/demo/options.ts";
import { runApp } from "../../../local/demo/runApp.ts";
import { type LocalApp, startLocalApp } from "../../../local/demo/startLocalApp.ts";
import { close, listen } from "../../../local/http/listen.ts";
import { type LocalSupabase, startSupabase } from "../../../local/supabase/index.ts";

/**
 * `npm run app` with only the SUPABASE_ variables: a hosted project, and a local Kinde without
 * passwords.
 */
let external: LocalSupabase;
let store: Rows;
beforeAll(async () => {
  external = await startSupabase();
  store = createRows(external);
});
afterAll(() => external?.stop());

const start = (allowWrites: boolean) =>
  startLocalApp({
    supabase: { SUPABASE_URL: external.url, SUPABASE_SECRET_KEY: external.secretKey },
    allowWrites,
  });
const FORM = { full_name: "Mary Jackson", company: "NACA" };

describe("an external project", () => {
  let app: LocalApp;
  afterEach(() => app?.stop());

  test("has no seeded account to sign in to, and no back office", async () => {
    app = await start(true);
    expect(app.kinde.users.list()).toEqual([]);
    const browser = createHttpBrowser();
    await register(browser, app.url, "mary@example.com");
    expect((await browser.open(`${app.url}/back-office`)).status).toBe(403);
  });

  test("without --allow-writes, gets no new row from a sign-up, a webhook or the form", async () => {
    app = await start(false);
    const before = await store.latest(100);
    const browser = createHttpBrowser();
    await register(browser, app.url, "mary@example.com");
    await app.kinde.webhooksSettled();
    await browser.open(`${app.url}/profile`);
    const refused = await browser.submit("/profile", FORM);
    expect(refused.status).toBe(403);
    expect(refused.body).toContain("--allow-writes");
    app.kinde.users.remove(app.kinde.users.findByEmail("mary@example.com")?.id ?? "");
    await app.kinde.webhooksSettled();
    expect(await store.latest(100)).toEqual(before);
  });

  test("with --allow-writes, gets the rows of the users who sign up", async () => {
    app = await start(true);
    const browser = createHttpBrowser();
    await register(browser, app.url, "mary@example.com");
    await browser.open(`${app.url}/profile`);
    expect((await browser.submit("/profile", FORM)).status).toBe(200);
    const user = app.kinde.users.findByEmail("mary@example.com");
    expect(await store.read(user?.id ?? "")).toMatchObject(FORM);
  });
});

describe("the command", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });
  const project = (url: string) => {
    vi.stubEnv("SUPABASE_URL", url);
    vi.stubEnv("SUPABASE_SECRET_KEY", "sb_secret_x");
  };

  test.each([
    [[], "stdout", "only read; --allow-writes lets this app write rows"],
    [["--allow-writes"], "stdout", "--allow-writes lets this app write rows into it"],
    [["--json"], "stderr", "only read; --allow-writes lets this app write rows"],
  ] as const)(
    "with the options %j, the first line names the project and what the app may do with its rows",
    async (args, stream, rights) => {
      project("https://ref.supabase.co");
      const written: string[] = [];
      for (const name of ["stdout", "stderr"] as const) {
        vi.spyOn(process[name], "write").mockImplementation((text) => {
          written.push(`${name}: ${text}`);
          return true;
        });
      }
      // A port that is in use ends the command after its first line.
      const server = createServer();
      onTestFinished(() => close(server));
      const port = await listen(server);
      const running = runApp(readOptions([...args, "--port", String(port)]));
      await expect(running).rejects.toThrow("is taken");
      expect(written[0]).toBe(`${stream}: Supabase project: ref.supabase.co (${rights})\n`);
    },
  );

  test.each([
    "http://ref.supabase.co",
    "http://192.0.2.1:54321",
    "http://localhost.evil.example",
    "https://user:password@ref.supabase.co",
  ])("never sends the secret key to %s", async (url) => {
    project(url);
    const fetched = vi.spyOn(globalThis, "fetch");
    const error = await runApp(readOptions([])).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain("SUPABASE_URL");
    expect(String(error)).not.toContain("sb_secret_x");
    expect(fetched).not.toHaveBeenCalled();
  });

  test("--allow-writes without an external project is a usage error", () => {
    vi.stubEnv("SUPABASE_URL", "");
    vi.stubEnv("SUPABASE_SECRET_KEY", "");
    expect(() => readExternalProject(readOptions(["--allow-writes"]))).toThrow(UsageError);
  });
});
