import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createKinde } from "kinde-local";
import { afterAll, expect, test } from "vitest";
import { markedBlock } from "../support/markedBlock.ts";
import { ROOT } from "./support/files.ts";

const code = markedBlock("docs/merging.md", "merged workflow");

/** The project of docs/merging.md: `profileClaims/` without its workflow, plus the page's code. */
function mergedProject(): string {
  mkdirSync(join(ROOT, "coverage"), { recursive: true });
  const project = mkdtempSync(join(ROOT, "coverage/merging-"));
  const workflows = join(project, "kindeSrc/environment/workflows");
  cpSync(join(ROOT, "kinde.json"), join(project, "kinde.json"));
  cpSync(
    join(ROOT, "kindeSrc/environment/workflows/profileClaims"),
    join(workflows, "profileClaims"),
    { recursive: true, filter: (file) => basename(file) !== "profileClaimsWorkflow.ts" },
  );
  writeFileSync(join(workflows, "myTokensWorkflow.ts"), code);
  return project;
}

const project = mergedProject();
const kinde = createKinde({ project });
afterAll(async () => {
  await kinde.close();
  rmSync(project, { recursive: true });
});

test("Kinde would accept the workflow of docs/merging.md", async () => {
  const errors = (await kinde.check()).filter(({ severity }) => severity === "error");
  expect(errors).toEqual([]);
});

test("the workflow of docs/merging.md writes the claims", async () => {
  const run = await kinde.run();
  expect(run.error).toBeNull();
  expect(run.claims.accessToken).toMatchObject({
    lifetime_subscriber: false,
    profile_complete: false,
  });
});
