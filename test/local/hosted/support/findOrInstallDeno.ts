import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { findDeno, installedDeno } from "../../../../local/supabase/functions/findDeno.ts";

/** The version that `package.json` names. */
const DENO = "deno@2.9.6";

/** Finds Deno on this machine, or installs it from npm below the folder. */
export async function findOrInstallDeno(folder: string): Promise<string> {
  const found = findDeno();
  if (found !== undefined) return found;
  const project = join(folder, "deno");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{"private":true}');
  const flags = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
  await promisify(execFile)("npm", ["install", ...flags, DENO], { cwd: project });
  const program = installedDeno(pathToFileURL(join(project, "package.json")));
  if (program === undefined) throw new Error(`npm installed no ${DENO}`);
  return program;
}
