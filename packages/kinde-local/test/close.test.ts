import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createKinde } from "kinde-local";
import { describe, expect, test } from "vitest";
import { isAlive, realmsOf } from "./support/processes.ts";
import { makeProject, WORKFLOWS, workflow } from "./support/project.ts";

const program = (name: string) => join(import.meta.dirname, "programs", name);
const project = (body: string) => makeProject({ [`${WORKFLOWS}/testWorkflow.ts`]: workflow(body) });

describe("a runtime", () => {
  test("starts nothing until it is used", () => {
    const earlier = realmsOf(process.pid).length;
    createKinde({ project: project("return 1") });
    expect(realmsOf(process.pid)).toHaveLength(earlier);
  });

  test("leaves no process when it is closed, and may be closed twice", async () => {
    const earlier = realmsOf(process.pid).length;
    const kinde = createKinde({ project: project("return 1") });
    await kinde.run();
    expect(realmsOf(process.pid)).toHaveLength(earlier + 1);
    await kinde.close();
    await kinde.close();
    expect(realmsOf(process.pid)).toHaveLength(earlier);
    await expect(kinde.run()).rejects.toMatchObject({ code: "CLOSED" });
  });

  test("closes itself at the end of `await using`", async () => {
    const earlier = realmsOf(process.pid).length;
    {
      await using kinde = createKinde({ project: project("return 1") });
      await kinde.run();
    }
    expect(realmsOf(process.pid)).toHaveLength(earlier);
  });

  test("lets a process that forgets close exit", async () => {
    const run = promisify(execFile)(
      process.execPath,
      [program("forgetsClose.js"), project("return 1")],
      {
        timeout: 10_000,
      },
    );
    expect((await run).stdout).toBe('{"result":1}\n');
  });

  test("leaves nothing behind when its process is killed in the middle of a run", async () => {
    const child = spawn(process.execPath, [program("runsForever.js"), project("for (;;) {}")]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [realm = 0] = realmsOf(child.pid ?? 0);
    expect(isAlive(realm)).toBe(true);
    child.kill("SIGKILL");
    await expect.poll(() => isAlive(realm), { timeout: 2_000 }).toBe(false);
  });
});

describe("closing", () => {
  test("while a workflow is bundled ends its run with a reason", async () => {
    const args = [program("closesEarly.js"), project("return 1")];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).toBe("CLOSED");
  });

  test.for(["run", "check"])(
    "right after the call of %s ends the call, with a reason or with its result",
    async (method) => {
      const args = [program("closesAtOnce.js"), project("return 1"), method];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      expect(stdout).toMatch(/^(?:CLOSED|ended)$/);
    },
  );

  test("while another runtime opens does not disturb the other runtime", async () => {
    const args = [program("opensWhileClosing.js"), project("return 1")];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).toBe("1");
  });

  test("in the middle of a run ends this run and the waiting runs with a reason", async () => {
    const fetch = 'kinde.fetch("https://x.example/", { method: "GET", headers: {} })';
    const kinde = createKinde({ project: project(`${fetch}; for (;;) {}`) });
    let begin = () => {};
    const hasBegun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const answer = async () => {
      begin();
      return Response.json(1);
    };
    const runs = [kinde.run({ fetch: answer }), kinde.run({ fetch: answer })].map((run) =>
      run.catch((error) => error.code),
    );
    await hasBegun;
    // Gives the second run the time to load. After that, it waits for the first run.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await kinde.close();
    expect((await Promise.all(runs)).sort()).toEqual(["CLOSED", "PROCESS_LOST"]);
  });

  test("is not needed after the realms' process was killed: the next run starts another process", async () => {
    await using kinde = createKinde({ project: project("return 1") });
    const earlier = realmsOf(process.pid);
    await kinde.run();
    for (const pid of realmsOf(process.pid))
      if (!earlier.includes(pid)) process.kill(pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await kinde.run()).completed).toBe(true);
  });
});
