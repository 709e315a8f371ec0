import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { CLI, kindeLocal } from "./support/command.ts";
import { isAlive, realmsOf } from "./support/processes.ts";
import { projectWith } from "./support/project.ts";

/** Starts `kinde-local run …`, and returns it and its realms' processes in the middle of a run. */
async function running(body: string, ...options: string[]) {
  const folder = projectWith(body);
  const child = spawn(CLI, ["run", "--project", folder, "--limit", "600000", ...options]);
  onTestFinished(() => void child.kill("SIGKILL"));
  // With --inspect, the first process reads the settings, and a second waits for the debugger.
  const count = options.includes("--inspect") ? 2 : 1;
  const realms = () => realmsOf(child.pid ?? 0);
  await expect.poll(() => realms().length, { timeout: 10_000 }).toBe(count);
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { child, realms: realms() };
}

function ended(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  return new Promise((resolve) => child.on("exit", (code, signal) => resolve([code, signal])));
}

function allGone(pids: number[]): Promise<void> {
  return expect.poll(() => pids.filter(isAlive), { timeout: 2_000 }).toEqual([]);
}

describe("a signal to kinde-local alone also ends the realms' process", () => {
  test.for(["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const)("by %s", async (signal) => {
    const { child, realms } = await running("for (;;) {}");
    child.kill(signal);
    expect(await ended(child)).toEqual([null, signal]);
    await allGone(realms);
  });

  test.for(["SIGTERM", "SIGKILL"] as const)("by %s while it waits for a debugger", async (name) => {
    const { child, realms } = await running("return 1", "--inspect", "127.0.0.1:0");
    child.kill(name);
    await ended(child);
    await allGone(realms);
  });

  test("by SIGINT under --watch, in the middle of a run", async () => {
    const { child, realms } = await running("for (;;) {}", "--watch");
    child.kill("SIGINT");
    expect(await ended(child)).toEqual([0, null]);
    await allGone(realms);
  });
});

test("--inspect on a port that is in use leads to one sentence and exit code 2", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const address = `127.0.0.1:${port}`;
  const { code, stderr } = await kindeLocal(
    "run",
    "--project",
    projectWith("return 1"),
    "--inspect",
    address,
  );
  expect(stderr).toContain(`kinde-local: Waiting for a debugger failed: ${address} cannot`);
  expect(code).toBe(2);
});
