import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const BIOME = join(import.meta.dirname, "../../node_modules/.bin/biome");
const PLUGIN = "test/repository/examplesImportTypesOnly.grit";
const CONTRACT = "kindeSrc/environment/workflows/profileClaims/profileClaims.ts";

/** The file that gets an import, the import, and the lint rule that must refuse it. */
type Planted = [file: string, line: string, rule: string | null];

const RESTRICTED = "lint/style/noRestrictedImports";
const UNDECLARED = "lint/correctness/noUndeclaredDependencies";

const REFUSED: Planted[] = [
  ["kindeSrc/a.ts", 'import "node:fs";', RESTRICTED],
  ["kindeSrc/b.ts", 'import "zod";', RESTRICTED],
  ["kindeSrc/c.ts", 'import "../local/x.ts";', RESTRICTED],
  ["kindeSrc/d.ts", 'import "../packages/kinde-claims/src/index.ts";', RESTRICTED],
  ["packages/kinde-local/src/a.ts", 'import "../../../kindeSrc/x.ts";', RESTRICTED],
  ["packages/kinde-local/src/b.ts", 'import "../../kinde-claims/src/index.ts";', RESTRICTED],
  ["packages/kinde-local/src/c.ts", 'import "kinde-claims";', RESTRICTED],
  ["packages/kinde-local/src/d.ts", 'import "@supabase/supabase-js";', RESTRICTED],
  ["packages/kinde-local/src/e.ts", 'import "vitest";', UNDECLARED],
  ["packages/kinde-local/test/a.ts", 'import "../../../local/supabase/index.ts";', RESTRICTED],
  ["packages/kinde-claims/src/a.ts", 'import "../../../supabase/database.types.ts";', RESTRICTED],
  ["packages/kinde-claims/src/b.ts", 'import "kinde-local";', RESTRICTED],
  ["packages/kinde-claims/src/relay/a.ts", 'import "../supabase/index.ts";', RESTRICTED],
  ["examples/express/a.ts", 'import "../../local/issuer/index.ts";', RESTRICTED],
  ["examples/express/b.ts", 'import "../../packages/kinde-claims/src/index.ts";', RESTRICTED],
  ["examples/express/c.ts", 'import "../../bench/x.ts";', RESTRICTED],
  ["examples/express/d.ts", 'import "../../kindeSrc/environment/workflows/x.ts";', RESTRICTED],
  ["examples/express/e.ts", 'import "kinde-local";', RESTRICTED],
  ["examples/express/f.ts", 'import "pg";', UNDECLARED],
  ["examples/express/g.ts", `import { A } from "../../${CONTRACT}"; A;`, "plugin"],
  ["examples/express/h.ts", `export { A } from "../../${CONTRACT}";`, "plugin"],
  ["examples/express/i.ts", `export const a = import("../../${CONTRACT}");`, "plugin"],
  ["supabase/functions/f/a.ts", 'import "../../../local/x.ts";', RESTRICTED],
  ["supabase/functions/f/b.ts", 'import "../../../kindeSrc/x.ts";', RESTRICTED],
  ["local/demo/a.ts", 'import "../../test/x.ts";', RESTRICTED],
  ["local/demo/b.ts", 'import "../../bench/x.ts";', RESTRICTED],
  ["bench/a.ts", 'import "../test/x.ts";', RESTRICTED],
];

const ALLOWED: Planted[] = [
  ["kindeSrc/ok.ts", 'import "@kinde/infrastructure"; import "./a.ts";', null],
  ["packages/kinde-local/src/ok.ts", 'import "./a.ts"; import "node:fs";', null],
  ["packages/kinde-claims/src/ok.ts", 'import "../src/a.ts";', null],
  ["packages/kinde-claims/src/cli/ok.ts", 'import "../supabase/index.ts";', null],
  ["examples/express/ok.ts", 'import "kinde-claims"; import "./a.ts";', null],
  ["examples/express/types.ts", `export type { A } from "../../${CONTRACT}";`, null],
  ["examples/express/test/ok.ts", 'import "../../../local/supabase/index.ts";', null],
  ["supabase/functions/f/ok.ts", 'import "kinde-claims";', null],
  ["local/demo/ok.ts", 'import "kinde-local"; import "../../examples/express/a.ts";', null],
  ["bench/ok.ts", 'import "../local/supabase/index.ts";', null],
  ["bench/test/ok.ts", 'import "../../test/x.ts";', null],
  ["test/ok.ts", 'import "../local/x.ts"; import "../bench/x.ts";', null],
];

/** Two files that import each other. */
const CYCLE: Planted[] = [
  ["local/demo/one.ts", 'import "./two.ts";', "lint/suspicious/noImportCycles"],
  ["local/demo/two.ts", 'import "./one.ts";', "lint/suspicious/noImportCycles"],
];

const DEPENDENCIES: Record<string, Record<string, string>> = {
  "": { "@kinde/infrastructure": "*" },
  "packages/kinde-local": {},
  "packages/kinde-claims": {},
  "examples/express": { "kinde-claims": "*" },
};

describe("Biome enforces the import boundaries", () => {
  let folder: string;
  const found = new Map<string, Set<string>>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "boundaries-"));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    for (const file of ["biome.json", PLUGIN]) cpSync(file, join(folder, file));
    for (const [path, dependencies] of Object.entries(DEPENDENCIES))
      write(join(path, "package.json"), JSON.stringify({ name: path || "root", dependencies }));
    for (const [file, line] of [...REFUSED, ...ALLOWED, ...CYCLE]) write(file, `${line}\n`);
    for (const { rule, file } of await lint(folder))
      found.set(file, (found.get(file) ?? new Set()).add(rule));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(REFUSED)("%s may not have: %s", (file, _, rule) => {
    expect([...(found.get(file) ?? [])]).toContain(rule);
  });

  test.each(ALLOWED)("%s may have: %s", (file) => {
    expect([...(found.get(file) ?? [])]).toEqual([]);
  });

  test.each(CYCLE)("%s may not have: %s, in a cycle", (file, _, rule) => {
    expect([...(found.get(file) ?? [])]).toContain(rule);
  });
});

/** Runs Biome in a folder outside git, and returns the rule and the file of each diagnostic. */
async function lint(folder: string): Promise<{ rule: string; file: string }[]> {
  const args = ["lint", "--vcs-enabled=false", "--max-diagnostics=none", "--reporter=json", "."];
  const { stdout } = await promisify(execFile)(BIOME, args, { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { category: string; location: { path: string | { file: string } } }[];
  };
  return diagnostics.map(({ category, location: { path } }) => ({
    rule: category,
    file: (typeof path === "string" ? path : path.file).replace(/^\.\//, ""),
  }));
}
