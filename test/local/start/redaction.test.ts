import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKinde } from "kinde-local";
import { expect, onTestFinished, test } from "vitest";
import { runForUsers } from "../../../local/start/runForUsers.ts";

const WORKFLOW = `
export const workflowSettings = {
  id: "leaky",
  trigger: "user:tokens_generation",
  bindings: { console: {}, "kinde.env": {}, "kinde.accessToken": {} },
};
export default async function () {
  const key = kinde.env.get("SUPABASE_SECRET_KEY").value;
  console.log("level=info", key, JSON.stringify(JSON.stringify({ key })), encodeURIComponent(key));
  kinde.accessToken.setCustomClaim("leak", [key]);
  throw new Error("failed with " + key);
}`;

test("npm start does not show the workflow's key in a log line, a claim or an error", async () => {
  const folder = mkdtempSync(join(tmpdir(), "start-redaction-"));
  const file = join(folder, "kindeSrc/environment/workflows/leakyWorkflow.ts");
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(join(folder, "kinde.json"), '{"version":"2024-12-09"}');
  writeFileSync(file, WORKFLOW);
  const kinde = createKinde({ project: folder });
  onTestFinished(async () => {
    await kinde.close();
    rmSync(folder, { recursive: true });
  });

  const [run] = await runForUsers(kinde, "leaky", ["kp_1"], {
    SUPABASE_URL: "http://127.0.0.1:1",
    SUPABASE_SECRET_KEY: 'sb_secret_s3"cret/value',
  });

  expect(JSON.stringify(run)).not.toMatch(/s3.{0,9}cret/);
  expect(run?.log).toEqual([
    expect.stringMatching(/^level=info \[redacted\] .*\[redacted\].* \[redacted\]$/),
    expect.stringContaining("Error: failed with [redacted]"),
  ]);
});
