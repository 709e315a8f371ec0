import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { childrenOf, eventually, processesMentioning } from "../support/processes.ts";
import { startTypeScript } from "../support/programs.ts";

const HOLD = "test/supabase/programs/hold.ts";

// The stack's folder is in the temporary folder, and PostgreSQL's command line contains its name.
let temporary: string;
beforeEach(({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), "leaves-nothing-"));
  // The database's user must be able to enter it.
  chmodSync(folder, 0o711);
  // Runs after the programs of a failed test were killed. Their servers end a moment later.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 9 }));
  temporary = folder;
});

async function hold(end: string, killWhen?: string, signal: NodeJS.Signals = "SIGKILL") {
  const { child, prints, ended } = startTypeScript(HOLD, [end], { env: { TMPDIR: temporary } });
  if (killWhen) {
    await prints(killWhen);
    child.kill(signal);
  }
  return ended;
}

const nothingIsLeft = () =>
  eventually(() => processesMentioning(temporary).length === 0 && leftFolders().length === 0);

// tsx keeps its own cache in the temporary folder.
const leftFolders = () =>
  readdirSync(temporary).filter((name) => name.startsWith("local-supabase"));

test("a parent ended by SIGKILL leaves no server and no folder", async () => {
  const ended = await hold("wait", "up ");
  expect(ended.signal).toBe("SIGKILL");
  expect(await nothingIsLeft()).toBe(true);
});

test("a parent killed in the middle of the start leaves nothing", async () => {
  const { child, ended } = startTypeScript(HOLD, ["push"], { env: { TMPDIR: temporary } });
  // Once this record exists, the guard knows the folder.
  const isGuarded = (folder: string) => existsSync(join(temporary, folder, "guard.json"));
  expect(await eventually(() => leftFolders().some(isGuarded))).toBe(true);
  child.kill("SIGKILL");
  await ended;
  expect(await nothingIsLeft()).toBe(true);
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends the parent with this signal, and leaves nothing",
  async (signal) => {
    const ended = await hold("wait", "up ", signal);
    expect(ended.signal).toBe(signal);
    expect(await nothingIsLeft()).toBe(true);
  },
);

test("a parent that calls process.exit keeps its exit code and leaves nothing", async () => {
  const ended = await hold("exit");
  expect(ended.exitCode).toBe(7);
  expect(await nothingIsLeft()).toBe(true);
});

test("an uncaught exception in the parent leaves nothing", async () => {
  const ended = await hold("throw");
  expect(ended.exitCode).toBe(1);
  expect(await nothingIsLeft()).toBe(true);
});

describe("a parent killed together with its guard", () => {
  const holdAndKillBoth = async (env: NodeJS.ProcessEnv = {}) => {
    const holder = startTypeScript(HOLD, ["wait"], { env: { TMPDIR: temporary, ...env } });
    await holder.prints("up ");
    const guards = childrenOf(holder.child.pid ?? 0, "guard.js");
    expect(guards).toHaveLength(1);
    for (const guard of guards) process.kill(guard, "SIGKILL");
    holder.child.kill("SIGKILL");
    await holder.ended;
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
    // Everything that a start needs, without setpriv.
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

  test("differs from a running one, whose folder the next start does not touch", async () => {
    const holder = startTypeScript(HOLD, ["wait"], { env: { TMPDIR: temporary } });
    await holder.prints("up ");
    await hold("exit");
    expect(leftFolders()).toHaveLength(1);
    holder.child.kill("SIGTERM");
    await holder.ended;
    expect(await nothingIsLeft()).toBe(true);
  });
});
