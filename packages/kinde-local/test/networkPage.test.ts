import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { inShell, readExamples } from "./support/pageExamples.ts";
import { makeProject } from "./support/project.ts";

const PACKAGE = join(import.meta.dirname, "..");

const { files, commands } = readExamples(join(PACKAGE, "docs/network.md"));
const folder = makeProject(
  Object.fromEntries(files.map(({ path = "", text }) => [path, text])),
  afterAll,
);
mkdirSync(join(folder, "node_modules"));
symlinkSync(PACKAGE, join(folder, "node_modules/kinde-local"));

/** Replaces the network in a command that would need it. */
const fakeNetwork = join(folder, "network.mjs");
writeFileSync(
  fakeNetwork,
  'globalThis.fetch = async () => Response.json({ name: "recorded", country: "NZ" });',
);
const withNetwork = `--import ${pathToFileURL(fakeNetwork)}`;

describe("the page on the network", { timeout: 60_000 }, () => {
  test.for(commands)("$title: $command", async ({ command, title, code, printed }) => {
    const options = title === "a command that needs the network" ? withNetwork : "";
    const done = await inShell(command, folder, options);
    expect(done).toEqual({ code, output: done.output });
    for (const line of printed) expect(done.output).toContain(line);
  });

  test("has a path before each file, and enough commands to test", () => {
    expect(files.filter(({ path }) => path === undefined)).toEqual([]);
    expect(commands.length).toBeGreaterThan(5);
  });
});
