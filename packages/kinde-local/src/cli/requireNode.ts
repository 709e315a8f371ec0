const [MAJOR, MINOR] = [20, 19];

/** Checks whether this Node can run kinde-local. If not, it prints why and sets the exit code. */
export function requireNode(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return true;
  process.stderr.write(
    `kinde-local: this is Node ${version}, and kinde-local needs Node ${MAJOR}.${MINOR} or newer. Install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 2;
  return false;
}
