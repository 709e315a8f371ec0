import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DoctorWorld, startDoctorWorld } from "./support/doctorWorld.ts";
import { runDoctor } from "./support/runHosted.ts";

let world: DoctorWorld;

beforeAll(async () => {
  world = await startDoctorWorld();
});
afterAll(() => world?.stop());

describe("npm run doctor", () => {
  test("finds nothing wrong after the set-up", async () => {
    const { code, stdout } = await runDoctor(["--env-file", world.envFile]);
    expect(stdout).not.toContain("✗");
    expect(code).toBe(0);
  });

  test("SUPABASE_PAUSED: the project was paused", async () => {
    world.supabase.project.status = "INACTIVE";
    const { code, stdout } = await runDoctor(["--env-file", world.envFile]);
    world.supabase.project.status = "ACTIVE_HEALTHY";
    expect(stdout).toContain("SUPABASE_PAUSED  Supabase project\n  Seen: example is INACTIVE");
    expect(code).toBe(1);
  });
});
