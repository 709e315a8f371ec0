import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startProgram } from "../../support/programs.ts";

const COMMAND = join(import.meta.dirname, "../../../local/command");

/** A repository with the launcher and one dependency that needs no registry. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "install-"));
  for (const file of ["run.js", "install.js"]) {
    cpSync(join(COMMAND, file), join(folder, "local/command", file));
  }
  mkdirSync(join(folder, "dependency"));
  writeJson("dependency/package.json", { name: "dependency", version: "1.0.0" });
  writeJson("package.json", {
    type: "module",
    scripts: { start: "node local/command/run.js" },
    dependencies: { dependency: "file:dependency" },
  });
  writeLock("1.0.0");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function writeJson(file: string, content: object): void {
  writeFileSync(join(folder, file), JSON.stringify(content));
}

function writeLock(version: string): void {
  writeJson("package-lock.json", {
    lockfileVersion: 3,
    requires: true,
    packages: {
      "": { dependencies: { dependency: "file:dependency" } },
      dependency: { version },
      "node_modules/dependency": { resolved: "dependency", link: true },
      "node_modules/for-another-system": { version: "1.0.0", optional: true },
    },
  });
}

/** `npm start`, as on a fresh clone. */
function start() {
  const env = { npm_config_cache: join(folder, "cache"), npm_config_offline: "true" };
  return startProgram("npm", ["start", "--silent"], { cwd: folder, env }).ended;
}

const INSTALLING = "Installing the dependencies with npm ci …\n";
const touchLock = () => {
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(folder, "package-lock.json"), later, later);
};

describe("the dependencies", () => {
  test("are installed on a fresh clone, with one sentence of output, and only once", async () => {
    expect(await start()).toMatchObject({ exitCode: 0, stdout: "", stderr: INSTALLING });
    expect(existsSync(join(folder, "node_modules/dependency/package.json"))).toBe(true);
    expect(await start()).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("are installed again when the lockfile has changed, but not when only its modification time has", async () => {
    await start();
    touchLock();
    expect((await start()).stderr).toBe("");
    const lockfile = join(folder, "package-lock.json");
    const lock = JSON.parse(readFileSync(lockfile, "utf8"));
    lock.packages["node_modules/new"] = { resolved: "dependency", link: true };
    writeJson("package-lock.json", lock);
    touchLock();
    expect((await start()).stderr).toContain(INSTALLING.trim());
  });

  test("that cannot be installed are reported on one line with npm's reason, and exit code 3", async () => {
    writeJson("package.json", {
      scripts: { start: "node local/command/run.js" },
      dependencies: { dependency: "file:dependency", other: "1.0.0" },
      type: "module",
    });
    const { exitCode, stdout, stderr } = await start();
    expect(exitCode).toBe(3);
    expect(stdout).toBe("");
    const [progress, sentence, ...more] = stderr.trimEnd().split("\n");
    expect(`${progress}\n`).toBe(INSTALLING);
    expect(sentence).toMatch(
      /^npm start: the dependencies could not be installed, since npm ci ended with 1 \(ENOTCACHED: request to .+\)\. Run npm ci/,
    );
    expect(more).toEqual([]);
  });
});
