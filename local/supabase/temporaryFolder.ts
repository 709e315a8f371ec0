import { chmodSync, chownSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { othersCanReach, type SystemUser } from "./user.ts";

/**
 * Makes a new folder that the database's user can reach and write, too: in /tmp when the usual
 * place lies in a closed folder.
 */
export function temporaryFolder(prefix: string, user: SystemUser | undefined): string {
  const parent = user && !othersCanReach(tmpdir()) ? "/tmp" : tmpdir();
  const folder = mkdtempSync(join(parent, prefix));
  if (user) {
    chownSync(folder, user.uid, user.gid);
    chmodSync(folder, 0o711);
  }
  return folder;
}
