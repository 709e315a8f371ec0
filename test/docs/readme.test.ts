import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { filesOf, ROOT } from "./support/files.ts";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const readme = read("README.md");

describe("the README", () => {
  test("has at most 200 lines", () => {
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(200);
  });

  test("leads to an explanation of every log code, in docs/troubleshooting.md", () => {
    const workflow = filesOf(join(ROOT, "kindeSrc"))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    const codes = new Set(
      [...workflow.matchAll(/failed\(\s*"([A-Z_]+)"/g)].map(([, code]) => code ?? ""),
    );
    expect(codes.size).toBeGreaterThan(4);
    const explained = read("docs/troubleshooting.md");
    expect([...codes].filter((code) => !explained.includes(`| \`${code}\` |`))).toEqual([]);
  });
});

test("every npm script that a page names exists", () => {
  // The example's page names scripts of the example, too.
  const scripts = Object.assign(
    {},
    ...["package.json", "examples/express/package.json"].map(
      (file) => JSON.parse(read(file)).scripts,
    ),
  ) as Record<string, string>;
  const named = filesOf()
    .filter((file) => file.endsWith(".md") && !file.includes("/packages/"))
    .flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
        ([, script, short]) => script ?? short ?? "",
      ),
    );
  expect(named).toContain("start");
  // In the recipes for the reader's own app, `npm run dev` is a script of that app.
  expect(named.filter((script) => !(script in scripts) && script !== "dev")).toEqual([]);
});
