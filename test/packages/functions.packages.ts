import { execFile } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createSdkUser } from "../../local/demo/sdkUser.ts";
import { supabaseBinary } from "../../local/supabase/binaries.ts";
import { installedDeno } from "../../local/supabase/functions/findDeno.ts";
import { withDatabase } from "../../local/supabase/index.ts";
import { processesMentioning } from "../support/processes.ts";
import { copyRepository, REPOSITORY, type RepositoryCopy } from "./support/copyRepository.ts";
import { type FunctionsWorld, startFunctionsWorld } from "./support/functionsWorld.ts";
import { type ManagementApi, startManagementApi } from "./support/managementApi.ts";

/** Hosted Supabase runs the first, and `package.json` names the second. */
const VERSIONS = ["2.1.14", "2.9.6"] as const;
const NAMES = ["kinde-webhook", "refresh-claims"] as const;
const GRACE = "kp_7b1e9a3c4d5f40628e9f1a2b3c4d5e02";
/** How long something may take on a busy machine. */
const LIMIT = { timeout: 60_000, interval: 50 };

let folder: string;
const programs = new Map<string, string>();
const denoOf = (version: string) => programs.get(version) ?? "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "functions-"));
  // The database's user must be able to enter it.
  chmodSync(folder, 0o711);
  vi.stubEnv("DENO_DIR", join(folder, "cache"));
  // Behind a proxy with its own certificate, Deno 2.1 needs the system's certificates.
  vi.stubEnv("DENO_TLS_CA_STORE", "mozilla,system");
  for (const version of VERSIONS) {
    const project = join(folder, version);
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), '{"private":true}');
    const flags = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
    await run("npm", ["install", ...flags, `deno@${version}`], project);
    const program = installedDeno(pathToFileURL(join(project, "package.json")));
    expect(program).toContain(version);
    programs.set(version, program ?? "");
  }
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a program and returns its stdout. An error holds the whole output. */
function run(
  program: string,
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_COLOR: "1", DENO_NO_PACKAGE_JSON: "1", ...variables };
    execFile(program, args, { cwd, env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(" ")}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}

async function check(version: string, project: string, name: string): Promise<void> {
  const source = join(project, "supabase/functions", name);
  await run(denoOf(version), ["check", "--no-lock", "index.ts"], source);
}

/** What both functions do for a project without its own server. */
function tellTheWholeStory(world: () => FunctionsWorld): void {
  const rowsOf = (userId: string) =>
    withDatabase(world().supabase.databaseUrl, async (client) => {
      const text = "select lifetime_subscriber from public.profiles where kinde_id = $1";
      return (await client.query(text, [userId])).rows;
    });

  test("a sign-up creates a row, and the deletion of the user deletes it", async () => {
    const { kinde } = world();
    const names = { givenName: "Mary", familyName: "Jackson" };
    const { id } = kinde.users.create({ email: "mary@example.com", ...names });
    await kinde.webhooksSettled();
    expect(await rowsOf(id)).toEqual([{ lifetime_subscriber: false }]);
    kinde.users.remove(id);
    await kinde.webhooksSettled();
    expect(await rowsOf(id)).toEqual([]);
    expect(kinde.deliveries.map(({ type, status }) => [type, status])).toEqual([
      ["user.created", 200],
      ["user.deleted", 200],
    ]);
  });

  test("a change by SQL reaches the token, without a sign-in", async () => {
    const { kinde, supabase } = world();
    const user = createSdkUser(kinde);
    await user.signIn(GRACE);
    const claim = async () => {
      await user.sdk.refreshTokens(user.session);
      return (await user.sdk.getClaim(user.session, "lifetime_subscriber")).value;
    };
    const before = await claim();
    await withDatabase(supabase.databaseUrl, (client) =>
      client.query(
        "update public.profiles set lifetime_subscriber = not lifetime_subscriber where kinde_id = $1",
        [GRACE],
      ),
    );
    await vi.waitFor(async () => expect(await claim()).toBe(!before), LIMIT);
  });

  test("no process shows a secret in its arguments", () => {
    const { supabase, kinde } = world();
    expect(processesMentioning("refresh-claims.main.js")).not.toEqual([]);
    for (const secret of [supabase.secretKey, kinde.machine.clientSecret]) {
      expect(processesMentioning(secret)).toEqual([]);
    }
  });

  test("a request without the secret is answered with 401", async () => {
    const url = `${world().supabase.url}/functions/v1/refresh-claims`;
    const response = await fetch(url, { method: "POST" });
    expect(response.status).toBe(401);
  });
}

describe.each(VERSIONS)("the functions on Deno %s", (version) => {
  let world: FunctionsWorld;

  test.each(NAMES)("%s type-checks", (name) => check(version, REPOSITORY, name));

  describe("with Supabase and Kinde", () => {
    beforeAll(async () => {
      world = await startFunctionsWorld(REPOSITORY, denoOf(version));
    });
    afterAll(() => world?.stop());
    tellTheWholeStory(() => world);
  });
});

describe("supabase functions deploy --use-api", () => {
  const ACCESS_TOKEN = `sbp_${"0".repeat(40)}`;
  let copy: RepositoryCopy;
  let api: ManagementApi;
  /** Holds only the uploaded files. */
  let uploaded: string;

  beforeAll(async () => {
    copy = copyRepository();
    api = await startManagementApi(ACCESS_TOKEN);
    const profile = join(folder, "profile.yaml");
    const urls = ["api_url", "dashboard_url", "docs_url"].map((name) => `${name}: ${api.url}\n`);
    writeFileSync(profile, `name: test\n${urls.join("")}project_host: example.test\n`);
    const flags = ["--use-api", `--remote=${"a".repeat(20)}`, "--profile", profile, "--yes"];
    await run(supabaseBinary(), ["functions", "deploy", ...flags, "--agent", "no"], copy.folder, {
      HOME: folder,
      SUPABASE_ACCESS_TOKEN: ACCESS_TOKEN,
      SUPABASE_TELEMETRY_DISABLED: "1",
      DO_NOT_TRACK: "1",
    });
    uploaded = join(folder, "uploaded");
    for (const { files } of api.deployments.values()) {
      for (const [path, content] of files) {
        mkdirSync(dirname(join(uploaded, path)), { recursive: true });
        writeFileSync(join(uploaded, path), content);
      }
    }
  });
  afterAll(async () => {
    await api?.stop();
    copy?.remove();
  });

  test("deploys both functions, which check their callers themselves", () => {
    const deployed = [...api.deployments].map(([name, { metadata }]) => [name, metadata]);
    expect(Object.fromEntries(deployed)).toEqual(
      Object.fromEntries(
        NAMES.map((name) => [
          name,
          expect.objectContaining({
            entrypoint_path: `supabase/functions/${name}/index.ts`,
            import_map_path: `supabase/functions/${name}/deno.json`,
            verify_jwt: false,
          }),
        ]),
      ),
    );
  });

  test.each(NAMES)("uploads exactly the files that %s needs", async (name) => {
    const source = join(copy.folder, "supabase/functions", name);
    const info = await run(denoOf("2.9.6"), ["info", "--json", "--no-lock", "index.ts"], source);
    const { modules } = JSON.parse(info) as { modules: { specifier: string }[] };
    const root = pathToFileURL(`${copy.folder}/`).href;
    const needed = modules
      .map(({ specifier }) => specifier)
      .filter((specifier) => specifier.startsWith(root))
      .map((specifier) => specifier.slice(root.length));
    const files = [...(api.deployments.get(name)?.files.keys() ?? [])];
    expect(files.toSorted()).toEqual(
      [...needed, `supabase/functions/${name}/deno.json`].toSorted(),
    );
    expect(files).toContain("packages/kinde-claims/src/supabase/index.ts");
  });

  describe.each(VERSIONS)("the uploaded files on Deno %s", (version) => {
    let world: FunctionsWorld;

    test.each(NAMES)("%s type-checks", (name) => check(version, uploaded, name));

    describe("with the migrations", () => {
      beforeAll(async () => {
        for (const path of ["config.toml", "migrations", "seed.sql"]) {
          const target = join(folder, version, "project/supabase", path);
          cpSync(join(REPOSITORY, "supabase", path), target, { recursive: true });
        }
        cpSync(uploaded, join(folder, version, "project"), { recursive: true });
        world = await startFunctionsWorld(join(folder, version, "project"), denoOf(version));
      });
      afterAll(() => world?.stop());
      tellTheWholeStory(() => world);
    });
  });
});
