import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LocalStackError, startSupabase } from "../../local/supabase/index.ts";

const SUPABASE = fileURLToPath(new URL("../../supabase", import.meta.url));

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "broken-project-"));
  mkdirSync(join(project, "supabase/migrations"), { recursive: true });
  cpSync(join(SUPABASE, "config.toml"), join(project, "supabase/config.toml"));
});
afterEach(() => rmSync(project, { recursive: true }));

const write = (path: string, text: string) => writeFileSync(join(project, "supabase", path), text);

async function failure(): Promise<string> {
  const error = await startSupabase({ project }).then(
    (supabase) => supabase.stop(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LocalStackError);
  expect((error as LocalStackError).part).toBe("migrations");
  expect((error as LocalStackError).message).not.toContain("\n");
  return (error as LocalStackError).message;
}

describe("the error of a broken project", () => {
  test("names the file, the error and the statement of a migration", async () => {
    write("migrations/20260101000000_good.sql", "create table public.good (id int);");
    write("migrations/20260101000001_bad.sql", "insert into public.nowhere values (1);");
    const homeBefore = existsSync(join(homedir(), ".supabase"));
    const message = await failure();
    expect(message).toContain("20260101000001_bad.sql failed");
    expect(message).toContain('relation "public.nowhere" does not exist (SQLSTATE 42P01)');
    expect(message).toContain("insert into public.nowhere");
    // The CLI wrote its own files neither into the project nor into the user's home.
    expect(readdirSync(join(project, "supabase")).sort()).toEqual(["config.toml", "migrations"]);
    expect(existsSync(join(homedir(), ".supabase"))).toBe(homeBefore);
  });

  test("names the file and the error of the seed", async () => {
    write("seed.sql", "insert into public.nowhere values (1);");
    const message = await failure();
    expect(message).toContain("supabase/seed.sql failed");
    expect(message).toContain("42P01");
  });

  test("names the error in config.toml", async () => {
    write("config.toml", "project_id = [");
    expect(await failure()).toContain("Invalid TOML");
  });

  test("names a missing supabase folder", async () => {
    rmSync(join(project, "supabase"), { recursive: true });
    expect(await failure()).toContain(`there is no supabase/config.toml in ${project}`);
  });
});
