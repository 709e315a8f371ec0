import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { findDeno } from "../../../local/supabase/functions/findDeno.ts";
import { startFunctions } from "../../../local/supabase/functions/index.ts";
import { useStack } from "../../supabase/support/stack.ts";

describe("Deno", () => {
  test("is the program that DENO_BIN names", () => {
    expect(findDeno({ DENO_BIN: "/opt/deno", PATH: "" })).toBe("/opt/deno");
  });

  test("is found in PATH, where files that cannot be executed are ignored", () => {
    const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), "find-deno-")));
    onTestFinished(() => {
      for (const folder of folders) rmSync(folder, { recursive: true });
    });
    const files = folders.map((folder) => join(folder, "deno"));
    for (const file of files) writeFileSync(file, "");
    chmodSync(files[1] ?? "", 0o755);
    // npm's package has precedence, and it may be installed in this repository.
    const installed = findDeno({ PATH: "" });
    expect(findDeno({ PATH: folders.join(":") })).toBe(installed ?? files[1]);
  });
});

describe("serving", () => {
  const stack = useStack({ migrate: false });

  test.each(["refresh-claims", "nothing", "nothing/more?a=b"])(
    "the gateway answers 404 for the function %s, which is not served, without asking for a key",
    async (name) => {
      const url = `${stack.supabase.url}/functions/v1/${name}`;
      const response = await fetch(url, { method: "POST" });
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        code: "NOT_FOUND",
        message: "Requested function was not found",
      });
    },
  );

  test("a worker in Node does the work when Deno does not start, and a line says why", async () => {
    const log: string[] = [];
    const relay = await startFunctions({
      supabase: stack.supabase,
      kinde: { domain: "http://127.0.0.1:9", clientId: "id", clientSecret: "secret" },
      deno: "/no/deno",
      log: (line) => void log.push(line),
    });
    await relay.stop();
    expect(relay.runsOn).toBe("Node");
    expect(log[0]).toMatch(/^A worker in Node relays .* the program \/no\/deno is not there\.$/);
  });

  test("the error names the program when Deno does not start", async () => {
    const settings = {
      KINDE_DOMAIN: "http://127.0.0.1:9",
      KINDE_M2M_CLIENT_ID: "id",
      KINDE_M2M_CLIENT_SECRET: "secret",
      REFRESH_CLAIMS_SECRET: "s".repeat(32),
    };
    const served = stack.supabase.serveFunctions({ deno: "/no/deno", settings });
    await expect(served).rejects.toThrow("edge functions: the program /no/deno is not there.");
  });
});
