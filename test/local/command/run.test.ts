import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startProgram } from "../../support/programs.ts";

const REPOSITORY = join(import.meta.dirname, "../../..");
const RUN = join(REPOSITORY, "local/command/run.js");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "launcher-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a program into the test's folder. */
function program(source: string): string {
  const file = join(folder, "program.mts");
  writeFileSync(file, source);
  return file;
}

const launch = (args: string[]) =>
  startProgram(process.execPath, args, { env: { TMPDIR: folder, TSX_DISABLE_CACHE: undefined } });

describe("a program that the launcher runs", () => {
  test("gets its path and its arguments, and the launcher returns its exit code", async () => {
    const file = program(
      "const list: string[] = process.argv.slice(1); console.log(JSON.stringify(list)); process.exitCode = 7;",
    );
    const args = ["--", "--env-file", "none", "-x"];
    const { stdout, stderr, exitCode } = await launch([RUN, file, ...args]).ended;
    expect(JSON.parse(stdout)).toEqual([file, "--", "--env-file", "none", "-x"]);
    expect(stderr).toBe("");
    expect(exitCode).toBe(7);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("receives %s", async (signal) => {
    const file = program(
      `process.once("${signal}", () => { console.log("told"); process.exit(5); });
       setInterval(() => undefined, 1000); console.log("up");`,
    );
    const { child, prints, ended } = launch([RUN, file]);
    await prints("up");
    child.kill(signal);
    const { stdout, exitCode } = await ended;
    expect(stdout).toBe("up\ntold\n");
    expect(exitCode).toBe(5);
  });

  test("is ended by a signal that it does not handle", async () => {
    const file = program(`setInterval(() => undefined, 1000); console.log("up");`);
    const { child, prints, ended } = launch([RUN, file]);
    await prints("up");
    child.kill("SIGTERM");
    expect((await ended).signal).toBe("SIGTERM");
  });

  test("is not replaced by a file that another user planted in tsx's folder, and neither are its child processes", async () => {
    const file = program(
      `import { execFileSync } from "node:child_process";
       const word: string = "honest";
       console.log(word);
       if (!process.argv[2]) {
         const args = ["--import", "${import.meta.resolve("tsx")}", process.argv[1] ?? "", "child"];
         process.stdout.write(execFileSync(process.execPath, args));
       }`,
    );
    const tsx = ["--import", import.meta.resolve("tsx"), file];
    expect((await launch(tsx).ended).stdout).toBe("honest\nhonest\n");
    const cache = readdirSync(folder).filter((name) => name.startsWith("tsx-"));
    expect(cache).toHaveLength(1);
    for (const name of readdirSync(join(folder, cache[0] ?? ""))) {
      const entry = join(folder, cache[0] ?? "", name);
      writeFileSync(entry, readFileSync(entry, "utf8").replaceAll("honest", "planted"));
    }
    // Without the launcher, the planted program runs.
    expect((await launch(tsx).ended).stdout).toBe("planted\nplanted\n");
    expect((await launch([RUN, file]).ended).stdout).toBe("honest\nhonest\n");
  });
});

test("every npm script runs TypeScript through the launcher", () => {
  const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const others = Object.values(scripts).filter((script) => /\btsx\b|^node .*\.ts\b/.test(script));
  expect(others.filter((script) => !script.startsWith("node local/command/run.js "))).toEqual([]);
  expect(others.length).toBeGreaterThanOrEqual(5);
  expect(scripts.pretest).toBe("node local/command/run.js");
});
