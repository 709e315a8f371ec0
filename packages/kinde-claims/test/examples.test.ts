import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countExampleTags, extractExamples } from "./support/extractExamples.ts";

const ROOT = join(import.meta.dirname, "..");
const TYPESCRIPT = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));
const examples = extractExamples(ROOT);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kinde-claims-examples-"));
  symlinkSync(dirname(TYPESCRIPT), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), `{"type":"module"}`);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: join(ROOT, "../../tsconfig.json"),
      compilerOptions: {
        module: "nodenext",
        moduleResolution: "nodenext",
        noUnusedLocals: false,
        typeRoots: [join(dirname(TYPESCRIPT), "@types")],
        paths: {
          "kinde-claims": [join(ROOT, "src/index.ts")],
          "kinde-claims/express": [join(ROOT, "src/express/index.ts")],
          "kinde-claims/relay": [join(ROOT, "src/relay/index.ts")],
          "kinde-claims/supabase": [join(ROOT, "src/supabase/index.ts")],
        },
      },
      include: ["*.ts"],
      exclude: [],
    }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles the examples in one run, and returns the compiler's errors with their locations. */
function compile(named: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, code] of Object.entries(named)) writeFileSync(join(folder, name), code);
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(TYPESCRIPT, "bin/tsc"), "--project", folder],
      (_error, stdout) => {
        for (const name of Object.keys(named)) rmSync(join(folder, name));
        resolve(stdout);
      },
    );
  });
}
const nameOf = (place: string) => `${place.replaceAll(/\W+/g, "_")}.ts`;

test("every @example is found, and every function of the API has one", () => {
  const inSources = examples.filter(({ place }) => place.startsWith("src/"));
  expect(inSources).toHaveLength(countExampleTags(ROOT));
  for (const folder of [".", "express", "relay", "supabase"]) {
    const index = join("src", folder, "index.ts");
    const functions = readFileSync(join(ROOT, index), "utf8").matchAll(
      /\b((?:create|define|bring|claims|revoke|webhook)[A-Z]\w+)\b(?=[^"]*\} from)/g,
    );
    for (const [, name = ""] of functions) {
      const shown = inSources.some(({ code }) => new RegExp(`\\b${name}\\(`).test(code));
      expect(shown, `an @example that calls ${name}`).toBe(true);
    }
  }
});

test("every @example and every ts block of the README compiles", async () => {
  expect(examples.filter(({ place }) => place.startsWith("README.md")).length).toBeGreaterThan(5);
  const files = Object.fromEntries(examples.map(({ place, code }) => [nameOf(place), code]));
  expect(await compile(files)).toBe("");
});

test("a mistake in an example is reported", async () => {
  const code = `import { defineClaims } from "kinde-claims";\ndefineClaims({ since: new Date() });\n`;
  expect(await compile({ "wrong.ts": code })).toMatch(/wrong\.ts\(2,\d+\): error TS2322/);
});

test("the README names every error code", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  for (const file of ["tokens/TokenError", "requests/RequestError", "webhooks/WebhookError"]) {
    const source = readFileSync(join(ROOT, `src/${file}.ts`), "utf8");
    const codes = [...source.matchAll(/^ {2}\| "(\w+)"/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
  }
});
