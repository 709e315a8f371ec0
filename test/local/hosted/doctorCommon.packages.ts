import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { COMMON_CHECKS } from "../../../local/hosted/doctor/checks/common/index.ts";
import { type HostedSettings, readHostedSettings } from "../../../local/hosted/settings.ts";
import { ROOT } from "../../docs/support/files.ts";
import { examine } from "./support/examination.ts";
import { type HostedWorld, startHostedWorld } from "./support/hostedWorld.ts";
import { runSetup } from "./support/runHosted.ts";

let world: HostedWorld;
let settings: HostedSettings;

beforeAll(async () => {
  world = await startHostedWorld();
  const file = world.writeSettings({ ...world.settings, SUPABASE_URL: world.local.url });
  expect((await runSetup(["--env-file", file, "--apply", "--yes"])).code).toBe(0);
  settings = readHostedSettings(file);
});
afterAll(() => world?.stop());

const examineCommon = (repository = ROOT) => examine(COMMON_CHECKS, settings, { repository });
const integration = () => {
  const [first] = world.supabase.project.thirdPartyAuth;
  if (first === undefined) throw new Error("the set-up made no third-party auth");
  return first;
};

test("finds nothing wrong after the set-up", async () => {
  const results = await examineCommon();
  const failed = Object.entries(results).filter(([, { status }]) => status === "failed");
  expect(failed).toEqual([]);
  expect(results.CLOCK_SKEW).toMatchObject({ status: "ok" });
  expect(results.SUPABASE_THIRD_PARTY_KEYS).toMatchObject({ status: "ok" });
});

describe("third-party auth", () => {
  test("SUPABASE_THIRD_PARTY_AUTH: the integration was removed", async () => {
    const removed = world.supabase.project.thirdPartyAuth.splice(0, 1);
    const results = await examineCommon();
    world.supabase.project.thirdPartyAuth.push(...removed);
    expect(results.SUPABASE_THIRD_PARTY_AUTH).toMatchObject({
      status: "failed",
      seen: `Supabase does not accept tokens of ${world.kinde.url}`,
    });
    expect(results.SUPABASE_THIRD_PARTY_KEYS).toMatchObject({ status: "unknown" });
  });

  test("SUPABASE_THIRD_PARTY_KEYS: Kinde has a new key that Supabase has not read", async () => {
    world.kinde.issuer.kid = "rotated";
    const results = await examineCommon();
    world.kinde.issuer.kid = "fake";
    expect(results.SUPABASE_THIRD_PARTY_KEYS).toMatchObject({
      status: "failed",
      seen: expect.stringMatching(
        /^Supabase does not have Kinde's key rotated; it read the keys at 2/,
      ),
    });
  });

  test("SUPABASE_THIRD_PARTY_KEYS: keys in an unknown form are not judged", async () => {
    const { resolved_jwks } = integration();
    Object.assign(integration(), { resolved_jwks: "?" });
    const results = await examineCommon();
    Object.assign(integration(), { resolved_jwks });
    expect(results.SUPABASE_THIRD_PARTY_KEYS).toMatchObject({ status: "unknown" });
  });
});

test("CLOCK_SKEW: Kinde's clock and this machine's differ by a minute", async () => {
  world.kinde.issuer.clockAhead = 60;
  const results = await examineCommon();
  world.kinde.issuer.clockAhead = 0;
  expect(results.CLOCK_SKEW).toMatchObject({
    status: "failed",
    seen: expect.stringMatching(/^the clock of Kinde is (59|60|61) s ahead of this machine's$/),
  });
});

/**
 * Creates a folder with the files that Kinde syncs and `@kinde/infrastructure`, for tests to break.
 */
function copyOfProject(): string {
  const folder = mkdtempSync(join(tmpdir(), "doctor-project-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const path of ["kinde.json", "package.json", "kindeSrc"]) {
    cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  }
  const infrastructure = "node_modules/@kinde/infrastructure";
  mkdirSync(dirname(join(folder, infrastructure)), { recursive: true });
  cpSync(join(ROOT, infrastructure), join(folder, infrastructure), { recursive: true });
  return folder;
}

describe("the code in this folder", () => {
  test("WORKFLOW_CHECK: the engine cannot read the workflow", async () => {
    const folder = copyOfProject();
    const file = "kindeSrc/environment/workflows/badWorkflow.ts";
    writeFileSync(
      join(folder, file),
      `export const workflowSettings = { id: "bad", trigger: "m2m:token_generation" };
export default async function bad() { let a: number | undefined; a ??= 1; return a; }\n`,
    );
    expect((await examineCommon(folder)).WORKFLOW_CHECK).toMatchObject({
      status: "failed",
      seen: `logical-assignment ${file}:2`,
    });
  });

  test("VERSION_INFRASTRUCTURE: package.json has a range, or another version is installed", async () => {
    const folder = copyOfProject();
    const write = (version: string) =>
      writeFileSync(
        join(folder, "package.json"),
        JSON.stringify({ dependencies: { "@kinde/infrastructure": version } }),
      );
    write("^0.9.0");
    expect((await examineCommon(folder)).VERSION_INFRASTRUCTURE).toMatchObject({
      status: "failed",
      seen: "package.json asks for ^0.9.0",
    });
    write("0.8.0");
    expect((await examineCommon(folder)).VERSION_INFRASTRUCTURE).toMatchObject({
      status: "failed",
      seen: "package.json names 0.8.0, and 0.9.0 is installed",
      cure: "Run npm ci.",
    });
  });

  test("WORKFLOW_PUSHED: changes are not committed, then not pushed, then everything is pushed", async () => {
    const folder = copyOfProject();
    const pushed = async () => (await examineCommon(folder)).WORKFLOW_PUSHED;
    const git = (...args: string[]) =>
      execFileSync(
        "git",
        ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args],
        {
          stdio: "pipe",
        },
      );
    expect(await pushed()).toMatchObject({ status: "unknown" });
    git("init", "--quiet", "--initial-branch=main");
    git("add", "kinde.json", "kindeSrc");
    expect(await pushed()).toMatchObject({
      status: "warning",
      seen: expect.stringContaining("not committed: "),
    });
    git("add", "package.json");
    git("commit", "--quiet", "--message=first");
    expect(await pushed()).toMatchObject({ status: "unknown" });
    git("init", "--quiet", "--bare", "upstream.git");
    git("remote", "add", "origin", join(folder, "upstream.git"));
    git("push", "--quiet", "--set-upstream", "origin", "main");
    expect(await pushed()).toMatchObject({ status: "ok" });
    writeFileSync(join(folder, "kinde.json"), "{}\n");
    git("commit", "--quiet", "--all", "--message=second");
    expect(await pushed()).toMatchObject({
      status: "warning",
      seen: "commits that are not pushed: 1",
    });
  });
});
