// @ts-check
import { spawn } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { constants } from "node:os";
import { basename, join } from "node:path";

/** The same number as `EXIT.stack` in exitCodes.ts, which plain Node cannot import. */
const EXIT_NOT_INSTALLED = 3;

/**
 * Runs `npm ci` in the repository if it has not been run, or not since package-lock.json changed.
 * Prints on stderr that it does. If npm ci fails, it prints the reason there on one line. A failure
 * or a signal sets the exit code of this process.
 *
 * @param {string} repository
 * @returns {Promise<boolean>} whether the dependencies are installed
 */
export async function installDependencies(repository) {
  if (isInstalled(repository)) return true;
  process.stderr.write("Installing the dependencies with npm ci …\n");
  const { code, signal, output } = await npmCi(repository);
  if (code === 0) return true;
  if (signal) {
    process.exitCode = 128 + constants.signals[signal];
    return false;
  }
  process.stderr.write(
    `${commandName()}: the dependencies could not be installed, since npm ci ended with ${code}${reasonIn(output)}. Run npm ci to see all of its output.\n`,
  );
  process.exitCode = EXIT_NOT_INSTALLED;
  return false;
}

/**
 * Compares the lockfile with the file in which npm lists what it installed. If the list is older
 * than the lockfile, their contents are compared: the lockfile may have changed, or the folder may
 * be a copy.
 *
 * @param {string} repository
 */
function isInstalled(repository) {
  const wanted = join(repository, "package-lock.json");
  const installed = join(repository, "node_modules", ".package-lock.json");
  try {
    if (statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return true;
    const there = packagesIn(installed);
    return Object.entries(packagesIn(wanted)).every(([path, { version, integrity, optional }]) => {
      const found = there[path];
      // npm does not list the repository itself, the sources of workspaces, or packages for
      // another system.
      if (!found) return optional || !path.includes("node_modules/");
      return found.version === version && found.integrity === integrity;
    });
  } catch {
    // One of the two files is missing or broken. npm ci then installs, or reports the problem.
    return false;
  }
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function packagesIn(lockfile) {
  return JSON.parse(readFileSync(lockfile, "utf8")).packages;
}

/**
 * @param {string} repository
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null, output: string }>}
 */
function npmCi(repository) {
  const npm = process.env.npm_execpath ?? "";
  // yarn and pnpm set the same variable.
  const isNpm = basename(npm) === "npm-cli.js";
  const args = ["ci", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"];
  const child = spawn(isNpm ? process.execPath : "npm", isNpm ? [npm, ...args] : args, {
    cwd: repository,
    // Nothing is printed on stdout: with --json it must hold only one document.
    stdio: ["ignore", "ignore", "pipe"],
    shell: !isNpm && process.platform === "win32",
  });
  let output = "";
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  /** @type {NodeJS.Signals | null} */
  let asked = null;
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    asked = signal;
    child.kill(signal);
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) process.on(signal, forward);
  return new Promise((resolve) => {
    /** @param {number | null} code */
    const end = (code) => {
      for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, forward);
      resolve({ code, signal: asked, output });
    };
    child.once("error", (error) => {
      output += `npm error ${error.message}`;
      end(1);
    });
    child.once("close", end);
  });
}

/**
 * npm's error code, and the first line of its error message.
 * @param {string} output
 */
function reasonIn(output) {
  const lines = [...output.matchAll(/^npm (?:error|ERR!) (.+)$/gm)].map(([, text = ""]) => text);
  const code = lines.find((line) => line.startsWith("code "))?.slice("code ".length);
  const text = lines.find((line) => !/^(code|errno|syscall|path) /.test(line));
  const reason = [code, text?.trim().replace(/\.$/, "")].filter(Boolean).join(": ");
  return reason && ` (${reason})`;
}

/** What the user typed. */
function commandName() {
  const script = (process.env.npm_lifecycle_event ?? "start").replace(/^pre/, "");
  return ["start", "test"].includes(script) ? `npm ${script}` : `npm run ${script}`;
}
