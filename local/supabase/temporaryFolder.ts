import { accessSync, chmodSync, chownSync, constants, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalStackError } from "./errors.ts";
import { othersCanReach, type SystemUser } from "./user.ts";

/**
 * Makes a new folder that only this user can write. The database's user, if it is another one, can
 * pass through it to the folders of its own (`ownedFolder`); the folder is made in /tmp when the
 * usual place cannot be reached by that user.
 *
 * @throws LocalStackError if no folder can be made
 */
export function temporaryFolder(prefix: string, user: SystemUser | undefined): string {
  try {
    const parent = user && !othersCanReach(tmpdir()) ? "/tmp" : tmpdir();
    const folder = mkdtempSync(join(parent, prefix));
    if (user) chmodSync(folder, 0o711);
    return folder;
  } catch (error) {
    throw cannotBeWritten(error);
  }
}

/**
 * Checks that a temporary folder can be made, for a command that needs one later.
 *
 * @throws LocalStackError if it cannot be made
 */
export function checkTemporaryFolder(): void {
  try {
    accessSync(tmpdir(), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw cannotBeWritten(error);
  }
}

function cannotBeWritten(error: unknown): LocalStackError {
  const { code } = error as NodeJS.ErrnoException;
  return new LocalStackError(
    "temporary folder",
    `${tmpdir()} cannot be written (${code}). Set TMPDIR to a folder in which this user can make files.`,
    { cause: error },
  );
}

/** Makes a folder that only the database's user (and root) can enter. */
export function ownedFolder(path: string, user: SystemUser | undefined): string {
  mkdirSync(path, { mode: 0o700 });
  if (user) chownSync(path, user.uid, user.gid);
  return path;
}
