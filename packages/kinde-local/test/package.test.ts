import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeProject, WORKFLOWS } from "./support/project.ts";

const require = createRequire(import.meta.url);
const PACKAGE = dirname(require.resolve("kinde-local/package.json"));
const { dependencies, optionalDependencies } = JSON.parse(
  readFileSync(join(PACKAGE, "package.json"), "utf8"),
) as Record<"dependencies" | "optionalDependencies", Record<string, string>>;

/** The folder of a dependency, found from the package as Node would. */
function folderOf(name: string): string | null {
  for (let folder = PACKAGE; ; folder = dirname(folder)) {
    const found = join(folder, "node_modules", name);
    if (existsSync(found)) return found;
    if (folder === dirname(folder)) return null;
  }
}

/** Creates the files that `npm install <tarball>` would create, without using the registry. */
function installInto(project: string): string {
  // Without scripts, because a new build would remove dist/ while other tests use it.
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", project];
  const [packed] = JSON.parse(execFileSync("npm", args, { cwd: PACKAGE, encoding: "utf8" }));
  const target = join(project, "node_modules/kinde-local");
  mkdirSync(target, { recursive: true });
  execFileSync("tar", [
    "-xzf",
    join(project, packed.filename),
    "-C",
    target,
    "--strip-components=1",
  ]);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const from = folderOf(name);
    // The bundler's programs of other systems are not installed.
    if (from === null && name in optionalDependencies) continue;
    const link = join(project, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(from ?? name, link);
  }
  return target;
}

describe("the package that npm pack makes", () => {
  test("works in an empty project: the command, and the library", () => {
    const project = makeProject({
      "package.json": '{"type":"module"}',
      [`${WORKFLOWS}/aWorkflow.ts`]: `import { accessTokenCustomClaims } from "@kinde/infrastructure";
        export const workflowSettings = { id: "a", trigger: "user:tokens_generation", bindings: { "kinde.accessToken": {} } };
        export default async function () { accessTokenCustomClaims<{ a: number }>().a = 1; }`,
    });
    const installed = installInto(project);
    const run = (file: string, ...args: string[]) =>
      execFileSync(process.execPath, [file, ...args], { cwd: project, encoding: "utf8" });

    expect(run(join(installed, "dist/cli.js"), "check")).toContain("No findings.");
    expect(
      JSON.parse(run(join(installed, "dist/cli.js"), "run", "--json")).claims.accessToken,
    ).toEqual({ a: 1 });

    writeFileSync(
      join(project, "use.js"),
      `import { createKinde } from "kinde-local";
       const kinde = createKinde();
       console.log((await kinde.run()).claims.accessToken.a);
       await kinde.close();`,
    );
    expect(run(join(project, "use.js"))).toBe("1\n");
  });
});
