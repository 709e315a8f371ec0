import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "./support/copyRepository.ts";

const run = promisify(execFile);
/** Folders that an installation or a build makes. */
const MADE = /\/(node_modules|\.next|\.svelte-kit|build|dist)(\/|$)/;

let folder: string;
let tarball: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "examples-"));
  const args = ["pack", "--workspace", "kinde-claims", "--pack-destination", folder, "--json"];
  const { stdout } = await run("npm", args, { cwd: REPOSITORY });
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as [{ filename: string }];
  tarball = join(folder, filename);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs npm in the example with only the variables that npm needs. An error holds the output. */
async function npm(example: string, ...args: string[]): Promise<void> {
  const { PATH = "", HOME = "", npm_config_registry: registry } = process.env;
  const env = { PATH, HOME, NO_COLOR: "1", ...(registry && { npm_config_registry: registry }) };
  await run("npm", args, { cwd: join(folder, example), env, maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: { stdout?: string; stderr?: string }) => {
      throw new Error(`npm ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
    },
  );
}

describe.each(["nextjs", "sveltekit", "spa"])("%s, copied out of the repository", (example) => {
  beforeAll(async () => {
    const source = join(REPOSITORY, "examples", example);
    const filter = (path: string) => !MADE.test(path.slice(source.length));
    cpSync(source, join(folder, example), { recursive: true, filter });
    const manifest = join(folder, example, "package.json");
    const text = readFileSync(manifest, "utf8");
    // As the README describes: installs the packed file instead of the repository's folder.
    writeFileSync(manifest, text.replace("file:../../packages/kinde-claims", `file:${tarball}`));
    await npm(example, "install", "--no-audit", "--no-fund", "--prefer-offline");
  });

  test("builds without any variable", () => npm(example, "run", "build"));
  test("passes its linter", () => npm(example, "run", "lint"));
  test("passes its type check", () => npm(example, "run", "types"));

  test("names in its README every variable of its .env.example", () => {
    const read = (file: string) => readFileSync(join(folder, example, file), "utf8");
    const names = [...read(".env.example").matchAll(/^([A-Z_0-9]+)=/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(4);
    expect(names.filter((name) => !read("README.md").includes(`\`${name}\``))).toEqual([]);
  });
});

test("the single-page app passes its own tests", () => npm("spa", "test"));
