import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./files.ts";

/**
 * Compiles code as if it were in files of the repository, where packages are found, and returns
 * TypeScript's errors. An empty string means that all files compile.
 *
 * @param files the code, by the name of the file
 */
export function compile(files: Readonly<Record<string, string>>): Promise<string> {
  mkdirSync(join(ROOT, "coverage"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "coverage/docs-"));
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code);
  const settings = {
    extends: join(ROOT, "tsconfig.json"),
    compilerOptions: { noUnusedLocals: false },
    include: ["*.ts"],
    exclude: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, "--project", folder], (_, stdout) => {
      rmSync(folder, { recursive: true });
      resolve(stdout);
    });
  });
}
