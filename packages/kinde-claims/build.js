// Builds dist/ with the TypeScript compiler: one module and one declaration for each source file.
// `npm ci` runs it (prepare). `--clean` empties dist/ first, so that a package holds nothing of an
// earlier build.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const root = import.meta.dirname;
if (process.argv.includes("--clean")) rmSync(join(root, "dist"), { recursive: true, force: true });

const tsc = findCompiler();
if (tsc === null) {
  // An installation without development dependencies has no compiler, and needs no build. A package
  // without its build would be useless, so packing fails.
  process.stderr.write("kinde-claims is not built: TypeScript is not installed. Run npm ci.\n");
  if (process.argv.includes("--clean")) process.exitCode = 1;
} else {
  // The first run checks that the core needs no types of Node or Express; the second one emits.
  for (const project of ["tsconfig.json", "tsconfig.build.json"]) compile(tsc, project);
  for (const path of readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" })) {
    if (path.endsWith(".d.ts")) rewriteSpecifiers(join(root, "dist", path));
  }
}

function compile(compiler, project) {
  try {
    execFileSync(process.execPath, [compiler, "--project", join(root, project)], {
      stdio: "inherit",
    });
  } catch {
    process.exit(1);
  }
}

/**
 * TypeScript rewrites "./x.ts" to "./x.js" in modules, but not in declarations. Some resolvers do
 * not find "./x.ts" from a declaration, so it is rewritten here.
 */
function rewriteSpecifiers(path) {
  const text = readFileSync(path, "utf8");
  writeFileSync(path, text.replaceAll(/(from|import\()(\s*"\.{1,2}\/[^"]+)\.ts"/g, '$1$2.js"'));
}

function findCompiler() {
  try {
    const typescript = createRequire(import.meta.url).resolve("typescript/package.json");
    return join(dirname(typescript), "bin/tsc");
  } catch {
    return null;
  }
}
