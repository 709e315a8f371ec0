import { execFileSync } from "node:child_process";
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { watchProcesses } from "./support/processList.ts";
import { useStack } from "./support/stack.ts";

// Creates the database here, so that the CLI and initdb run.
beforeAll(() => void vi.stubEnv("LOCAL_SUPABASE_CACHE", undefined));
afterAll(() => void vi.unstubAllEnvs());
const stack = useStack();

/** The stack's folder, with the socket that the superuser connects to. */
function folder(): string {
  const socket = new URL(stack.supabase.superuserUrl).searchParams.get("host") ?? "";
  expect(socket).toMatch(/local-supabase-\w+\/socket$/);
  return join(socket, "..");
}

describe("the superuser", () => {
  test("has its own password, which was given to no program", async () => {
    const { supabase } = stack;
    const { password } = new URL(supabase.superuserUrl);
    expect(password).not.toBe(new URL(supabase.databaseUrl).password);
    const stop = await watchProcesses();
    await supabase.cli(["db", "advisors"]);
    const { commandLines, environments } = await stop();
    expect(environments.some((text) => text.includes("PGRST_DB_URI="))).toBe(true);
    expect(environments.some((text) => text.includes("PGPASSWORD="))).toBe(true);
    expect([...commandLines, ...environments].filter((text) => text.includes(password))).toEqual(
      [],
    );
  });
});

describe("another user of the machine", () => {
  test.runIf(process.getuid?.() === 0)("cannot connect to the database's socket", () => {
    const port = new URL(stack.supabase.superuserUrl).searchParams.get("port");
    const socket = join(folder(), "socket", `.s.PGSQL.${port}`);
    expect(lstatSync(socket).isSocket()).toBe(true);
    const program = `require("node:net").connect(${JSON.stringify(socket)})
      .on("connect", () => process.exit(1))
      .on("error", ({ code }) => console.log(code))`;
    const options = { encoding: "utf8", cwd: "/", uid: 65_534, gid: 65_534 } as const;
    expect(execFileSync(process.execPath, ["-e", program], options).trim()).toBe("EACCES");
  });

  test("cannot read a log or any other file of the stack, nor write into its folder", () => {
    expect(lstatSync(folder()).mode & 0o066).toBe(0);
    expect(lstatSync(folder()).uid).toBe(process.getuid?.());
    const entries = readdirSync(folder(), { withFileTypes: true });
    expect(entries.map(({ name }) => name)).toContain("postgrest.log");
    // PostgreSQL's programs are not secret, and its user must read them.
    const readable = entries.filter(
      ({ name }) => name !== "postgres" && lstatSync(join(folder(), name)).mode & 0o077,
    );
    expect(readable).toEqual([]);
  });
});
