import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { eventually, processesMentioning, runProgram } from "./support/processes.ts";

const HOLD = fileURLToPath(new URL("programs/hold.ts", import.meta.url));

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

// tsx keeps its own cache in the temporary folder.
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
