import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kindeLocal } from "./support/command.ts";
import { projectWith } from "./support/project.ts";

describe("kinde-local run with options", () => {
  test("starts with the claims that the token already has", async () => {
    const folder = projectWith("return Object.keys(kinde.accessToken.getCustomClaims())", {
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

  test("reads variables from env files and never shows a secret's value", async () => {
    const folder = projectWith(
      `const { value, isSecret } = kinde.env.get("API_KEY");
      console.log("key", value, { nested: [encodeURIComponent(value), encodeURI(value), JSON.stringify({ value })] });
      console.log(new URLSearchParams({ value }).toString(), value.replace(/[^]/gu, (c) => "%" + c.charCodeAt(0).toString(16)));
      const url = new URL("https://x.example"); url.searchParams.set("k", value); url.pathname = value; console.log(String(url));
      try { kinde.fetch("http://127.0.0.1:1/?key=" + value, { method: "GET", headers: {} }) } catch (e) { console.error(e.message) }
      kinde.accessToken.setCustomClaim("leak", value);
      return [isSecret, kinde.env.get("PLACE").value];`,
      { ".env.test": "API_KEY='ab+c/d=e \"s3cret\"\\ f~!%(g)'\nPLACE=here\n" },
    );
    for (const format of [[], ["--json"]]) {
      const { stdout, stderr } = await kindeLocal(
        "run",
        ...format,
        "--project",
        folder,
        "--env",
        join(folder, ".env.test"),
        "--fault",
        "unreachable",
      );
      expect(stdout).toContain("[redacted]");
      expect(stdout + stderr).not.toMatch(/s3cret|%73%33/);
      expect(stdout).toContain("here");
    }
  });

  test("keeps a word of its own output even if it is also the value of a secret variable", async () => {
    const folder = projectWith("console.info('ready'); return 1", {
      ".env.test": "TOKEN_LEVEL=info\nTOKEN_KIND=accessToken\nTOKEN_STAGE=introspect\n",
    });
    const where = ["--project", folder, "--env", join(folder, ".env.test")];
    const text = await kindeLocal("run", ...where);
    const json = await kindeLocal("run", "--json", ...where);
    expect([text.code, json.code, text.stderr, json.stderr]).toEqual([0, 0, "", ""]);
    expect(text.stdout).toContain("info   ready");
    expect(text.stdout).toContain("accessToken.result");
    expect(JSON.parse(json.stdout)).toMatchObject({
      claims: { accessToken: { result: 1 } },
      logs: [{ level: "info", arguments: ["ready"] }],
    });
  });

  test.for([
    ["unreachable", "GoError"],
    ["timeout", "GoError"],
    ["html", "GoError"],
    ["empty", "GoError"],
    ["invalid-json", "GoError"],
    ["status=503", '{"json":{"message":"status 503"}}'],
    ["slow=100", "GoError"],
  ] as const)("simulates a fault with --fault %s", async ([fault, result]) => {
    const folder = projectWith(
      `try { return JSON.stringify(kinde.fetch("http://127.0.0.1:1/", { method: "GET", headers: {} })) } catch (e) { return e.name }`,
    );
    const { stdout } = await kindeLocal("run", "--json", "--project", folder, "--fault", fault);
    const { claims, fetches } = JSON.parse(stdout);
    expect(claims.accessToken.result).toBe(result);
    expect(fetches).toHaveLength(1);
    if (fault === "slow=100") expect(fetches[0].ms).toBeGreaterThan(99);
  });

  test("answers every request with the file of --fault", async () => {
    const folder = projectWith(
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

  test("repeats the run, and prints p50 and p99", async () => {
    const folder = projectWith("return 1");
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
      projectWith("for (;;) {}"),
      "--limit",
      "100",
    );
    expect(JSON.parse(stdout).error.name).toBe("TimeLimitError");
    expect(code).toBe(1);
  });
});
