import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const REPOSITORY = join(import.meta.dirname, "../../..");

/** A copy of the repository that a test may change. */
export interface RepositoryCopy {
  readonly folder: string;
  remove(): void;
}

/**
 * Copies the repository with its uncommitted changes. Links share the installed packages and the
 * build output with the original.
 */
export function copyRepository(): RepositoryCopy {
  const folder = mkdtempSync(join(tmpdir(), "repository-"));
  // The database's user must be able to enter the stack's folder. It reads nothing else here.
  chmodSync(folder, 0o711);
  for (const file of listFiles()) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(REPOSITORY, file), join(folder, file));
  }
  for (const installed of ["node_modules", "packages/kinde-local/node_modules"]) {
    symlinkSync(join(REPOSITORY, installed), join(folder, installed));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The files that git tracks or would add, without deleted ones. */
function listFiles(): string[] {
  const git = (...args: string[]) =>
    execFileSync("git", ["ls-files", "-z", ...args], { cwd: REPOSITORY, encoding: "utf8" })
      .split("\0")
      .filter(Boolean);
  const deleted = new Set(git("--deleted"));
  return git("--cached", "--others", "--exclude-standard").filter((file) => !deleted.has(file));
}
