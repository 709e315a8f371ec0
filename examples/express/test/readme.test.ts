import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { VARIABLES } from "../config.ts";

const APP = join(import.meta.dirname, "..");
const readme = readFileSync(join(APP, "README.md"), "utf8");

test("every file that the README names exists", () => {
  const named = [...readme.matchAll(/`((?:[\w-]+\/)+[\w.-]*)`/g)].map(([, path]) => path ?? "");
  const files = named.filter((path) =>
    /^(freshness|guards|kinde|pages|profiles|routes|web|webhooks)\//.test(path),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((path) => !existsSync(join(APP, path)))).toEqual([]);
});

test("every variable that the configuration reads is in the README", () => {
  expect(VARIABLES.length).toBeGreaterThan(10);
  expect(VARIABLES.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test("the README names the version of oauth4webapi that is installed", () => {
  const { dependencies } = JSON.parse(readFileSync(join(APP, "package.json"), "utf8"));
  expect(readme).toContain(`\`oauth4webapi\` ${dependencies.oauth4webapi}`);
});
