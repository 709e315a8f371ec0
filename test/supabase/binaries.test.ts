import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  makeSymlinks,
  postgresBinaries,
  reachableBinaries,
} from "../../local/supabase/binaries.ts";
import { othersCanReach } from "../../local/supabase/user.ts";

// mkdtemp creates a folder that only its owner can enter, like root's home.
let closed: string;
beforeEach(() => {
  closed = mkdtempSync(join(tmpdir(), "closed-"));
});
afterEach(() => rmSync(closed, { recursive: true, force: true }));

const installed = () => join(dirname(postgresBinaries().postgres), "../..");

describe("an installation without install scripts", () => {
  /** A copy of the platform package without symlinks, as npm unpacks it. */
  const unpacked = () => {
    const folder = join(closed, "package");
    cpSync(installed(), folder, { recursive: true, verbatimSymlinks: true });
    const links: Array<{ target: string }> = JSON.parse(
      readFileSync(join(folder, "native/pg-symlinks.json"), "utf8"),
    );
    for (const { target } of links) rmSync(join(folder, target), { force: true });
    return folder;
  };

  test("gets its symlinks at the first start", () => {
    const folder = unpacked();
    expect(existsSync(join(folder, "native/lib/libicuuc.so.60"))).toBe(false);
    makeSymlinks(folder);
    expect(
      execFileSync(join(folder, "native/bin/initdb"), ["--version"], { encoding: "utf8" }),
    ).toContain("17.");
  });

  test("says what to run when the links cannot be created", () => {
    // Neither the links nor the script that creates them.
    const folder = join(closed, "package");
    cpSync(join(installed(), "native/pg-symlinks.json"), join(folder, "native/pg-symlinks.json"));
    expect(() => makeSymlinks(folder)).toThrow(/run "node scripts\/hydrate-symlinks.js" there/);
  });
});

describe("a checkout that the database's user cannot enter", () => {
  test("has its PostgreSQL copied to a folder that this user can enter", () => {
    const native = join(closed, "native");
    cpSync(join(installed(), "native"), native, { recursive: true, verbatimSymlinks: true });
    const locked = {
      initdb: join(native, "bin/initdb"),
      postgres: join(native, "bin/postgres"),
    };
    expect(othersCanReach(dirname(locked.postgres))).toBe(false);
    const copied = reachableBinaries(locked, join(closed, "stack"));
    expect(copied.postgres.startsWith(join(closed, "stack"))).toBe(true);
    expect(execFileSync(copied.postgres, ["--version"], { encoding: "utf8" })).toContain("17.");
  });

  test("is used without a copy when every user may enter", () => {
    const found = postgresBinaries();
    if (othersCanReach(dirname(found.postgres)))
      expect(reachableBinaries(found, closed)).toBe(found);
  });
});
