import { afterAll, beforeAll, expect, test } from "vitest";
import { processesMentioning } from "../../support/processes.ts";
import { endState } from "./support/endState.ts";
import { type HostedWorld, startHostedWorld } from "./support/hostedWorld.ts";
import { runSetup } from "./support/runHosted.ts";

let world: HostedWorld;
let password: string;
/** The connection string, without the password. */
let address: string;

beforeAll(async () => {
  world = await startHostedWorld();
  const url = new URL(world.local.databaseUrl);
  password = decodeURIComponent(url.password);
  url.password = "";
  address = url.href;
});
afterAll(() => world?.stop());

const settingsWith = (SUPABASE_DB_PASSWORD: string) =>
  world.writeSettings({ ...world.settings, SUPABASE_DB_URL: address, SUPABASE_DB_PASSWORD });

test("a wrong database password fails the migrations, and is not shown", async () => {
  const envFile = settingsWith("a-wrong-password");
  const { code, stdout, stderr } = await runSetup(["--env-file", envFile, "--apply", "--yes"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ failed +Migrations +"supabase db push" ended with 1/);
  expect(stdout).toMatch(/- waits +Data API +needs the step Migrations first/);
  expect(stdout + stderr).not.toContain("a-wrong-password");
});

test("with the database's password, the Supabase CLI applies the migrations", async () => {
  const seen: string[] = [];
  const watch = setInterval(() => seen.push(...processesMentioning(password)), 100);
  const envFile = settingsWith(password);
  const { code, stdout, stderr } = await runSetup(["--env-file", envFile, "--apply", "--yes"]);
  clearInterval(watch);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\+ create +Migrations +8 through supabase db push/);
  expect((await endState(world)).migrations).toHaveLength(8);
  expect(stdout + stderr).not.toContain(password);
  expect(seen).toEqual([]);
});
