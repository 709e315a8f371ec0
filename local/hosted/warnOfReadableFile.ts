import { statSync } from "node:fs";

/** The bits that let the group and all others read or write a file. */
const OTHERS = 0o066;

/** A warning if other users of this machine can read or write the settings, which hold secrets. */
export function warnOfReadableFile(file: string | undefined): string | undefined {
  if (file === undefined || process.platform === "win32") return undefined;
  const isOpen = (statSync(file).mode & OTHERS) !== 0;
  return isOpen
    ? `Other users of this machine can read or change ${file}, which holds secrets. Run: chmod 600 ${file}`
    : undefined;
}
