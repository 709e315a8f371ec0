import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HostedSettings } from "../../../local/hosted/settings.ts";
import { type DoctorWorld, startDoctorWorld } from "./support/doctorWorld.ts";
import { examine, examineEverything } from "./support/examine.ts";

let world: DoctorWorld;
beforeAll(async () => {
  world = await startDoctorWorld();
});
afterAll(() => world?.stop());

/** Runs one check, with other settings if they are given. */
const check = (code: string, changes: Partial<HostedSettings> = {}) =>
  examine(code, { ...world.validSettings, ...changes });

test("finds nothing wrong after the set-up", async () => {
  const results = await examineEverything(world.validSettings);
  const notOk = results.filter(({ status }) => status !== "ok" && status !== "leftOut");
  expect(notOk.map(({ check, status, seen }) => [check.code, status, seen])).toEqual([]);
});
