import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { workflowSettings } from "../../kindeSrc/environment/workflows/profileClaims/profileClaimsWorkflow.ts";

test("the workflow runs at token generation, and a failure of it stops no sign-in", () => {
  expect(workflowSettings).toMatchObject({
    id: "profileClaims",
    trigger: "user:tokens_generation",
    failurePolicy: { action: "continue" },
  });
});

test("every binding it uses is declared, and none else", () => {
  expect(Object.keys(workflowSettings.bindings ?? {}).sort()).toEqual([
    "console",
    "kinde.accessToken",
    "kinde.env",
    "kinde.fetch",
  ]);
});

test("claims of an earlier token are left to other workflows: nothing is reset", () => {
  expect(Object.values(workflowSettings.bindings ?? {})).toEqual([{}, {}, {}, {}]);
});

test("Kinde builds with the version of its package that is tested here", () => {
  const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
  expect(read("package.json").dependencies).toEqual({
    "@kinde/infrastructure": read("node_modules/@kinde/infrastructure/package.json").version,
  });
  expect(read("kinde.json")).toMatchObject({
    version: "2024-12-09",
    rootDir: "kindeSrc",
    integrations: { npm: { enabled: true } },
  });
});
