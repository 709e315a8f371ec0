import { join } from "node:path";
import { sampleEvent } from "kinde-local";
import { describe, expect, test } from "vitest";
import { kindeLocal } from "./support/command.ts";
import { projectWith } from "./support/project.ts";

describe("kinde-local run", () => {
  test("shows claims, log lines, fetches, time, and whether the sign-in goes on", async () => {
    const folder = projectWith(`console.warn("careful");
      kinde.fetch("https://api.example.com/?id=" + event.context.user.id, { method: "GET", headers: {} });
      return event.context.auth.origin;`);
    const { code, stdout, stderr } = await kindeLocal(
      "run",
      "--project",
      folder,
      "--origin",
      "refresh",
      "--fault",
      "status=204",
      "--set",
      "invalidJson=null",
    );
    expect(stderr).toBe("");
    expect(stdout).toContain('accessToken.result  (none) → "refresh_token_request"');
    expect(stdout).toContain("warn   careful");
    expect(stdout).toMatch(/GET https:\/\/api\.example\.com\/\?id=kp_…cdef {2}204 {2}\d+ ms/);
    expect(stdout).toMatch(/completed, the sign-in goes on {2}[\d.]+ ms of 10,000 ms/);
    expect(code).toBe(0);
  });

  test("prints one JSON document and nothing else with --json", async () => {
    const { code, stdout, stderr } = await kindeLocal(
      "run",
      "--json",
      "--project",
      projectWith("return 1"),
    );
    expect(JSON.parse(stdout)).toMatchObject({
      stage: "run",
      completed: true,
      claims: { accessToken: { result: 1 }, idToken: {}, m2mToken: {} },
      logs: [],
      fetches: [],
      error: null,
      ms: expect.any(Number),
    });
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });

  test("shows the failing line of the author's own TypeScript, and exits with 1", async () => {
    const { code, stdout } = await kindeLocal(
      "run",
      "--project",
      projectWith('type Gone = 1;\n\n  throw new TypeError("here");'),
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/error in the run .*testWorkflow\.ts:8:9/);
    expect(stdout).toMatch(/> +8 \| {3}throw new TypeError\("here"\);/);
    expect(stdout).toContain("failed, and the sign-in is stopped (failurePolicy stop)");
  });

  test("says why a line fails, if check has a finding", async () => {
    const { code, stdout } = await kindeLocal("run", "--project", projectWith("await fetch('x')"));
    expect(code).toBe(1);
    expect(stdout).toContain("why absent-global");
    expect(stdout).toContain('import { fetch } from "@kinde/infrastructure"');
  });

  test("reads the event from a file or from standard input, and overrides its members", async () => {
    const event = { ...sampleEvent("user:tokens_generation"), added: { member: 1 } };
    const folder = projectWith("return [event.added, event.context.user.id]", {
      "event.json": JSON.stringify(event),
    });
    const file = await kindeLocal(
      "run",
      "--json",
      "--project",
      folder,
      "--event",
      join(folder, "event.json"),
      "--override",
      "added.member=2",
      "--override",
      "context.user.id=kp_1",
    );
    const stdin = await kindeLocal(
      { input: JSON.stringify(event) },
      "run",
      "--json",
      "--project",
      folder,
      "--event",
      "-",
    );
    const result = ({ stdout }: { stdout: string }) => JSON.parse(stdout).claims.accessToken.result;
    expect(result(file)).toEqual([{ member: 2 }, "kp_1"]);
    expect(result(stdin)).toEqual([{ member: 1 }, event.context.user.id]);
  });

  test("accepts the short options for members of the event", async () => {
    const folder = projectWith(
      "const { user, organization, application } = event.context; return [user.id, organization?.code ?? null, application.clientId]",
    );
    const one = await kindeLocal(
      "run",
      "--json",
      "--project",
      folder,
      "--user",
      "kp_1",
      "--org",
      "org_1",
      "--client",
      "c1",
    );
    const two = await kindeLocal(
      "run",
      "--json",
      "--project",
      folder,
      "--user",
      "kp_1",
      "--org",
      "none",
      "--client",
      "c1",
    );
    expect(JSON.parse(one.stdout).claims.accessToken.result).toEqual(["kp_1", "org_1", "c1"]);
    expect(JSON.parse(two.stdout).claims.accessToken.result).toEqual(["kp_1", null, "c1"]);
  });
});

describe("colours", () => {
  test("are written only to a terminal", async () => {
    const { stdout } = await kindeLocal("run", "--project", projectWith("return 1"));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    expect(stdout).not.toMatch(/\u001b/);
  });
});
