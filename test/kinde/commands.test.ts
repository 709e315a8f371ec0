import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kindeLocal } from "./support/command.ts";
import { makeProject, WORKFLOWS, workflow } from "./support/project.ts";

const project = (body: string, more: Record<string, string> = {}) =>
  makeProject({ [`${WORKFLOWS}/testWorkflow.ts`]: workflow(body), ...more });

describe("kinde-local run", () => {
  test("shows claims, log lines, fetches, time and what becomes of the sign-in", async () => {
    const folder = project(`console.warn("careful");
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
      project("return 1"),
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
      project('type Gone = 1;\n\n  throw new TypeError("here");'),
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/error in the run .*testWorkflow\.ts:8:9/);
    expect(stdout).toMatch(/> +8 \| {3}throw new TypeError\("here"\);/);
    expect(stdout).toContain("failed, and the sign-in is stopped (failurePolicy stop)");
  });

  test("says why a line fails when check knows", async () => {
    const { code, stdout } = await kindeLocal("run", "--project", project("await fetch('x')"));
    expect(code).toBe(1);
    expect(stdout).toContain("why absent-global");
    expect(stdout).toContain('import { fetch } from "@kinde/infrastructure"');
  });

  test("takes the event from a file and from standard input, and overrides in it", async () => {
    const folder = project("return event.context", { "event.json": '{"context":{"a":{"b":1}}}' });
    const file = await kindeLocal(
      "run",
      "--json",
      "--project",
      folder,
      "--event",
      join(folder, "event.json"),
      "--override",
      "context.a.b=2",
      "--override",
      "context.c=text",
    );
    const stdin = await kindeLocal(
      { input: '{"context":3}' },
      "run",
      "--json",
      "--project",
      folder,
      "--event",
      "-",
    );
    expect(JSON.parse(file.stdout).claims.accessToken.result).toEqual({ a: { b: 2 }, c: "text" });
    expect(JSON.parse(stdin.stdout).claims.accessToken.result).toBe(3);
  });

  test("takes the shorthands of the event", async () => {
    const folder = project(
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

  test("begins with the claims that are already on the token", async () => {
    const folder = project("return Object.keys(kinde.accessToken.getCustomClaims())", {
      "claims.json": '{"old":1}',
    });
    const { stdout } = await kindeLocal(
      "run",
      "--json",
      "--project",
      folder,
      "--claims",
      join(folder, "claims.json"),
    );
    expect(JSON.parse(stdout).claims.accessToken).toEqual({ old: 1, result: ["old"] });
  });

  test("takes variables from env files and shows no secret's value anywhere", async () => {
    const folder = project(
      `const { value, isSecret } = kinde.env.get("API_KEY");
      console.log("key", value, { nested: [encodeURIComponent(value)] });
      try { kinde.fetch("http://127.0.0.1:1/?key=" + value, { method: "GET", headers: {} }) } catch (e) { console.error(e.message) }
      kinde.accessToken.setCustomClaim("leak", value);
      return [isSecret, kinde.env.get("PLACE").value];`,
      { ".env.test": "API_KEY=s3cret/Value+1\nPLACE=here\n" },
    );
    for (const format of [[], ["--json"]]) {
      const { stdout, stderr } = await kindeLocal(
        "run",
        ...format,
        "--project",
        folder,
        "--env-file",
        join(folder, ".env.test"),
        "--fault",
        "unreachable",
      );
      expect(stdout).toContain("[redacted]");
      expect(stdout + stderr).not.toMatch(/s3cret/);
      expect(stdout).toContain("here");
    }
  });

  test.for([
    ["unreachable", "GoError"],
    ["timeout", "GoError"],
    ["html", "GoError"],
    ["empty", "GoError"],
    ["invalid-json", "GoError"],
    ["status=503", '{"json":{"message":"status 503"}}'],
    ["slow=100", "GoError"],
  ] as const)("answers the network with --fault %s", async ([fault, result]) => {
    const folder = project(
      `try { return JSON.stringify(kinde.fetch("http://127.0.0.1:1/", { method: "GET", headers: {} })) } catch (e) { return e.name }`,
    );
    const { stdout } = await kindeLocal("run", "--json", "--project", folder, "--fault", fault);
    const { claims, fetches } = JSON.parse(stdout);
    expect(claims.accessToken.result).toBe(result);
    expect(fetches).toHaveLength(1);
    if (fault === "slow=100") expect(fetches[0].ms).toBeGreaterThan(99);
  });

  test("answers the network with a file", async () => {
    const folder = project(
      `return kinde.fetch("https://x.example", { method: "GET", headers: {} }).json`,
      { "rows.json": "[1,2]" },
    );
    const { stdout } = await kindeLocal(
      "run",
      "--json",
      "--project",
      folder,
      "--fault",
      join(folder, "rows.json"),
    );
    expect(JSON.parse(stdout).claims.accessToken.result).toEqual([1, 2]);
  });

  test("repeats, and tells p50 and p99", async () => {
    const folder = project("return 1");
    const text = await kindeLocal("run", "--project", folder, "--repeat", "20");
    const json = await kindeLocal("run", "--json", "--project", folder, "--repeat", "20");
    expect(text.stdout).toMatch(
      /20 warm runs: p50 [\d.]+ ms, p99 [\d.]+ ms, max [\d.]+ ms, 0 failed/,
    );
    expect(JSON.parse(json.stdout).repeat).toMatchObject({ runs: 20, failed: 0 });
  });

  test("ends a loop at --limit", async () => {
    const { code, stdout } = await kindeLocal(
      "run",
      "--json",
      "--project",
      project("for (;;) {}"),
      "--limit",
      "100",
    );
    expect(JSON.parse(stdout).error.name).toBe("TimeLimitError");
    expect(code).toBe(1);
  });
});

describe("kinde-local check", () => {
  const broken = () =>
    project("return Buffer.from('x')", {
      "kindeSrc/environment/workflows/lost.ts": "export const workflowSettings = {}",
    });

  test("shows findings with place, rule, what Kinde would do and what to write", async () => {
    const { code, stdout } = await kindeLocal("check", "--project", broken());
    expect(code).toBe(1);
    expect(stdout).toMatch(/testWorkflow\.ts:6:8 error absent-global/);
    expect(stdout).toContain("At Kinde: The line throws a ReferenceError");
    expect(stdout).toContain("Write: ");
    expect(stdout).toMatch(/\d errors, \d warnings?\n$/);
  });

  test("prints findings as JSON", async () => {
    const { code, stdout } = await kindeLocal("check", "--json", "--project", broken());
    const { findings } = JSON.parse(stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({ rule: "workflow-name", severity: "error", line: 1, column: 1 }),
    );
    expect(code).toBe(1);
  });

  test("prints findings as GitHub's annotations", async () => {
    const { stdout } = await kindeLocal("check", "--format", "github", "--project", broken());
    expect(stdout).toMatch(
      /^::error file=.*testWorkflow\.ts,line=6,col=8,title=kinde-local absent-global::Buffer does not exist/m,
    );
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .every((line) => line.startsWith("::")),
    ).toBe(true);
  });

  test("compares the variables that are read with the env file", async () => {
    const folder = project("return kinde.env.get('PRESENT').value + kinde.env.get('MISSING')", {
      ".env.test": `PRESENT=1\nLONG=${"x".repeat(2049)}\n`,
    });
    const { stdout } = await kindeLocal(
      "check",
      "--json",
      "--project",
      folder,
      "--env-file",
      join(folder, ".env.test"),
    );
    const found = JSON.parse(stdout)
      .findings.map(({ rule, message }: { rule: string; message: string }) => `${rule} ${message}`)
      .join("\n");
    expect(found).toMatch(/missing-variable The variable MISSING is read/);
    expect(found).toMatch(/variable-size The variable LONG: its value has 2049/);
    expect(found).not.toContain("PRESENT");
  });

  test("wants the one package pinned when npm integration is on", async () => {
    const kindeJson = '{"version":"2024-12-09","integrations":{"npm":{"enabled":true}}}';
    const loose = project("return 1", {
      "kinde.json": kindeJson,
      "package.json": '{\n"dependencies":{\n"@kinde/infrastructure":"^0.9.0"}}',
    });
    const exact = project("return 1", {
      "kinde.json": kindeJson,
      "package.json": '{"dependencies":{"@kinde/infrastructure":"0.9.0"}}',
    });
    expect((await kindeLocal("check", "--project", loose)).stdout).toMatch(
      /package\.json:3:1 warning unpinned-package/,
    );
    expect((await kindeLocal("check", "--project", exact)).stdout).not.toContain(
      "unpinned-package",
    );
  });

  test("finds nothing in a project that is right", async () => {
    const source = `export const workflowSettings = { id: "a", trigger: "user:tokens_generation", bindings: { "kinde.accessToken": {} } };
export default async function () { kinde.accessToken.setCustomClaim("a", 1); }`;
    const { code, stdout } = await kindeLocal(
      "check",
      "--project",
      makeProject({ [`${WORKFLOWS}/aWorkflow.ts`]: source }),
    );
    expect(stdout).toContain("No findings.");
    expect(code).toBe(0);
  });
});

describe("bad usage and bad input end in one sentence and exit code 2", () => {
  const folder = () => project("return 1");

  test.for([
    [["nope"], "unknown command 'nope'"],
    [["run", "--nope"], "unknown option '--nope'"],
    [["run", "--limit", "soon"], "It has to be a whole number above 0."],
    [["run", "--origin", "x"], "Allowed choices are sign-in, refresh."],
    [["run", "other"], 'The project has no workflow "other". It has: test.'],
    [["run", "--event", "missing.json"], "Reading missing.json for --event failed"],
    [["run", "--override", "x"], "--override x is no pair."],
    [["run", "--set", "color=red"], "is not a value of the setting color."],
    [["run", "--fault", "rain"], '"rain" is no fault'],
    [["run", "--fault", "slow=x"], "needs a whole number"],
    [["run", "--env-file", "missing.env"], "Reading missing.env for --env-file failed"],
    [["check", "--format", "xml"], "Allowed choices are text, json, github."],
  ] as const)("%s", async ([args, sentence]) => {
    const [command, ...rest] = args;
    const where = command === "nope" ? [] : ["--project", folder()];
    const { code, stdout, stderr } = await kindeLocal(command, ...where, ...rest);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("a project without kinde.json", async () => {
    const { code, stderr } = await kindeLocal("check", "--project", "/");
    expect(stderr).toContain("kinde.json");
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  test("an event that is not JSON", async () => {
    const where = folder();
    writeFileSync(join(where, "bad.json"), "{ nope");
    const { code, stderr } = await kindeLocal(
      "run",
      "--project",
      where,
      "--event",
      join(where, "bad.json"),
    );
    expect(stderr).toContain("is not JSON");
    expect(code).toBe(2);
  });
});

describe("colours", () => {
  test("are written to nothing but a terminal", async () => {
    const { stdout } = await kindeLocal("run", "--project", project("return 1"));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    expect(stdout).not.toMatch(/\u001b/);
  });
});
