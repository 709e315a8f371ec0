import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endState } from "./support/endState.ts";
import { type HostedWorld, startHostedWorld } from "./support/hostedWorld.ts";
import { runSetup } from "./support/runHosted.ts";

const KILLS = 10;
/** The fate of the request in flight when the process is killed. */
const FATES = ["is not done", "is done"] as const;

let folder: string;
let expected: Awaited<ReturnType<typeof endState>>;
/** How many requests an undisturbed run sends. */
let total = 0;

beforeAll(async () => {
  // Files that a killed Supabase CLI leaves behind are deleted with this folder.
  folder = mkdtempSync(join(tmpdir(), "killed-"));
  const world = await startHostedWorld();
  try {
    const { code } = await setUp(world);
    expect(code).toBe(0);
    expected = await endState(world);
    total = requestsOf(world);
  } finally {
    await world.stop();
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const requestsOf = ({ supabase, kinde }: HostedWorld) =>
  [...supabase.requests, ...kinde.requests].filter(({ operation }) => operation !== "other").length;

const setUp = (world: HostedWorld, onStart?: (child: ChildProcess) => void) =>
  runSetup(["--env-file", world.envFile, "--apply", "--yes"], onStart, { TMPDIR: folder });

/** Kills the process when it sends its request with this number. */
async function killAt(world: HostedWorld, at: number, fate: (typeof FATES)[number]): Promise<void> {
  const { supabase, kinde } = world;
  let sent = 0;
  const { code } = await setUp(world, (child) => {
    const hook = (_: string, when: "before" | "afterwards") => {
      if (when === "before") sent += 1;
      if (sent !== at || when !== (fate === "is done" ? "afterwards" : "before")) return true;
      child.kill("SIGKILL");
      return false;
    };
    supabase.onRequest = hook;
    kinde.onRequest = hook;
  });
  supabase.onRequest = undefined;
  kinde.onRequest = undefined;
  expect(code).toBe("SIGKILL");
}

describe("the next run finishes a killed set-up, with the same end state", () => {
  // One kill in each tenth of the run, at a random request.
  const kills = Array.from(
    { length: KILLS },
    (_, index) =>
      [
        (((index + Math.random()) / KILLS) * 100).toFixed(1),
        FATES[index % FATES.length] ?? "is done",
      ] as const,
  );

  test.each(kills)(
    "after %s percent of its requests, the last of which %s",
    async (percent, fate) => {
      const world = await startHostedWorld();
      try {
        await killAt(world, Math.max(1, Math.ceil((Number(percent) / 100) * total)), fate);
        const { code, stdout } = await setUp(world);
        expect(code, stdout).toBe(0);
        expect(await endState(world)).toEqual(expected);
        const { stdout: again } = await runSetup(["--env-file", world.envFile]);
        expect(again).toContain("Nothing to do (1 left out).");
        expect([...world.supabase.problems, ...world.kinde.problems]).toEqual([]);
      } finally {
        await world.stop();
      }
    },
  );
});
