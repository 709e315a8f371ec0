import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { childrenOf, eventually, processesMentioning, runProgram } from "./support/processes.ts";

const HOLD = "test/supabase/programs/hold.ts";

// The stack's folder lies in the temporary folder, and its name stands in PostgreSQL's command line.
let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), "leaves-nothing-"));
  // The database's user has to reach what is below it.
  chmodSync(temporary, 0o711);
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

async function hold(
  end: string,
  killWhen?: string,
  signal: NodeJS.Signals = "SIGKILL",
  killAfterMs = 0,
) {
  let killed = false;
  return runProgram(HOLD, [end], {
    env: { TMPDIR: temporary },
    onOutput: (stdout, kill) => {
      if (killed || !killWhen || !stdout.includes(killWhen)) return;
      killed = true;
      setTimeout(() => kill(signal), killAfterMs);
    },
  });
}

const nothingIsLeft = () =>
  eventually(() => processesMentioning(temporary).length === 0 && leftFolders().length === 0);

const leftFolders = () =>
  readdirSync(temporary).filter((name) => name.startsWith("local-supabase"));

test("a parent ended by SIGKILL leaves no server and no folder", async () => {
  const ended = await hold("wait", "up ");
  expect(ended.signal).toBe("SIGKILL");
  expect(await nothingIsLeft()).toBe(true);
});

test("a parent killed in the middle of the start leaves nothing", async () => {
  await hold("push", "starting", "SIGKILL", 200);
  expect(await nothingIsLeft()).toBe(true);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends the parent as if there were no stack, and leaves nothing",
  async (signal) => {
    const ended = await hold("wait", "up ", signal);
    expect(ended.signal).toBe(signal);
    expect(await nothingIsLeft()).toBe(true);
  },
);

test("a parent that calls process.exit keeps its exit code and leaves nothing", async () => {
  const ended = await hold("exit");
  expect(ended.code).toBe(7);
  expect(await nothingIsLeft()).toBe(true);
});

test("an uncaught exception in the parent leaves nothing", async () => {
  const ended = await hold("throw");
  expect(ended.code).toBe(1);
  expect(await nothingIsLeft()).toBe(true);
});

describe("a parent killed together with its guard", () => {
  const holdAndKillBoth = async (env: NodeJS.ProcessEnv = {}) => {
    let killed = 0;
    await runProgram(HOLD, ["wait"], {
      env: { TMPDIR: temporary, ...env },
      onOutput: (stdout, kill, pid) => {
        if (killed > 0 || !stdout.includes("up ")) return;
        for (const guard of childrenOf(pid, "guard.js")) {
          process.kill(guard, "SIGKILL");
          killed += 1;
        }
        kill("SIGKILL");
      },
    });
    expect(killed).toBe(1);
  };
  const noProcessIsLeft = () => eventually(() => processesMentioning(temporary).length === 0);

  test.runIf(process.platform === "linux")(
    "leaves no server, and its folder is gone after the next start",
    async () => {
      await holdAndKillBoth();
      expect(await noProcessIsLeft()).toBe(true);
      expect(leftFolders()).toHaveLength(1);
      await hold("exit");
      expect(await nothingIsLeft()).toBe(true);
    },
  );

  test("leaves nothing after the next start where the system cannot end the servers", async () => {
    // All that a start needs, but no setpriv.
    const programs = join(temporary, "programs");
    mkdirSync(programs);
    for (const name of ["cp", "id", "ps"]) {
      const file = execFileSync("which", [name], { encoding: "utf8" }).trim();
      symlinkSync(file, join(programs, name));
    }
    await holdAndKillBoth({ PATH: programs });
    expect(processesMentioning(temporary).length).toBeGreaterThan(0);
    await hold("exit");
    expect(await nothingIsLeft()).toBe(true);
  });

  test("does not have the next start touch a folder whose stack is running", async () => {
    let folders: string[] = [];
    await runProgram(HOLD, ["wait"], {
      env: { TMPDIR: temporary },
      onOutput: async (stdout, kill) => {
        if (!stdout.includes("up ")) return;
        await hold("exit");
        folders = leftFolders();
        kill("SIGTERM");
      },
    });
    expect(folders).toHaveLength(1);
    expect(await nothingIsLeft()).toBe(true);
  });
});
