import { spawn } from "node:child_process";
import { once } from "node:events";

/** What one user can see of all processes on the machine. */
export interface Sight {
  /** The command lines, as `ps -ef` shows them. */
  commandLines: string[];
  /** The environments that the user could read. */
  environments: string[];
}

// May run as another user, who may not be able to read this repository, so it comes through stdin.
const WATCHER = `
const { readdirSync, readFileSync } = require("node:fs");
const seen = { cmdline: new Set(), environ: new Set() };
const read = (pid, part) => {
  try {
    return readFileSync("/proc/" + pid + "/" + part, "latin1").replaceAll("\\0", " ");
  } catch {}
};
const known = new Map();
const look = () => {
  for (const pid of readdirSync("/proc")) {
    if (!/^[0-9]+$/.test(pid) || pid === String(process.pid)) continue;
    const cmdline = read(pid, "cmdline");
    // The system changes a process's environment together with its command line.
    if (cmdline === undefined || known.get(pid) === cmdline) continue;
    known.set(pid, cmdline);
    seen.cmdline.add(cmdline);
    const environ = read(pid, "environ");
    if (environ !== undefined) seen.environ.add(environ);
  }
};
const timer = setInterval(look, 50);
process.on("SIGTERM", () => {
  clearInterval(timer);
  process.stdout.write(JSON.stringify({ commandLines: [...seen.cmdline], environments: [...seen.environ] }));
});
process.stdout.write("\\n");
`;

/**
 * Reads the list of processes repeatedly, as the user with that id or as the current user. Linux
 * only.
 *
 * @returns a function that stops and returns everything that was seen
 */
export async function watchProcesses(uid?: number): Promise<() => Promise<Sight>> {
  const child = spawn(process.execPath, ["-"], {
    cwd: "/",
    env: {},
    stdio: ["pipe", "pipe", "inherit"],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  child.stdin.end(WATCHER);
  await once(child.stdout, "data");
  return async () => {
    child.kill("SIGTERM");
    await once(child, "close");
    return JSON.parse(printed) as Sight;
  };
}
