import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { workflowSettings } from "../../kindeSrc/environment/workflows/profileClaims/profileClaimsWorkflow.ts";

test("the workflow runs at token generation, and its failure does not stop a sign-in", () => {
  expect(workflowSettings).toMatchObject({
    id: "profileClaims",
    trigger: "user:tokens_generation",
    failurePolicy: { action: "continue" },
  });
});

test("declares exactly the bindings that it uses", () => {
  expect(Object.keys(workflowSettings.bindings ?? {}).sort()).toEqual([
    "console",
    "kinde.accessToken",
    "kinde.env",
    "kinde.fetch",
  ]);
});

test("does not reset the claims of other workflows", () => {
  expect(Object.values(workflowSettings.bindings ?? {})).toEqual([{}, {}, {}, {}]);
});

test("package.json pins the version of Kinde's package that is tested here", () => {
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
