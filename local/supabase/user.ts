import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { LocalStackError } from "./errors.ts";

/** A system user, with the two numbers that `spawn` and `chown` need. */
export interface SystemUser {
  name: string;
  uid: number;
  gid: number;
}

/**
 * Returns the system user with which PostgreSQL must be started, because PostgreSQL refuses to run
 * as root. If this process runs as root, the result is the user "postgres". If that user does not
 * exist, it is the user "nobody". If this process does not run as root, the result is undefined,
 * and PostgreSQL runs as the current user. The function creates no user.
 */
export function databaseUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    const uid = numberOf("-u", name);
    const gid = numberOf("-g", name);
    if (uid !== undefined && gid !== undefined) return { name, uid, gid };
  }
  throw new LocalStackError(
    "PostgreSQL",
    'it refuses to run as root, and this system has neither the user "postgres" nor the user "nobody". Run this command as an ordinary user.',
  );
}

/**
 * Whether every user can reach `path`: all its folders allow others to pass.
 */
export function othersCanReach(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function numberOf(flag: "-u" | "-g", name: string): number | undefined {
  try {
    const text = execFileSync("id", [flag, name], {
      encoding: "utf8",
      stdio: "pipe",
      timeout: 5000,
    });
    return Number.parseInt(text, 10);
  } catch {
    return undefined;
  }
}
