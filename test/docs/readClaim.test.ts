import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { markedBlock } from "../support/markedBlock.ts";
import { ROOT } from "./support/files.ts";

/** What TypeScript says about a file that stands in the repository, where packages are found. */
function compile(code: string): string {
  mkdirSync(join(ROOT, "coverage"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, "coverage/readme-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "example.ts"), code);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(ROOT, "tsconfig.json"), include: ["example.ts"], exclude: [] }),
  );
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "--project", folder], { encoding: "utf8" }).stdout;
}

test("the README's lines that read a claim compile", () => {
  expect(compile(markedBlock("README.md", "read a claim"))).toBe("");
});

test("a claim that nobody defined does not compile", () => {
  const code = markedBlock("README.md", "read a claim").replace(
    "claims.lifetime_subscriber",
    "claims.nothing",
  );
  expect(compile(code)).toContain("Property 'nothing' does not exist");
});
