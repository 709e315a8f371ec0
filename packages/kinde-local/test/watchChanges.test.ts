import { spawn } from "node:child_process";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { CLI } from "./support/command.ts";
import { makeProject, WORKFLOWS } from "./support/project.ts";

const FILE = `${WORKFLOWS}/planWorkflow.ts`;

function source(body: string): string {
  return `export const workflowSettings = { id: "plan", trigger: "user:tokens_generation", bindings: { "kinde.accessToken": {} } };
const set = (claim: string, value: unknown) => kinde.accessToken.setCustomClaim(claim, value);
export default async function () { ${body} }
`;
}

/** Runs `kinde-local run plan --watch`, and returns the output after each save. */
function watchPlan(body: string) {
  const folder = makeProject({ [FILE]: source(body) });
  // The project contains the output, as with `--watch > out.json`. Output must not cause a run.
  const out = join(folder, "out.json");
  const child = spawn(CLI, ["run", "plan", "--watch", "--project", folder]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  let seen = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
      appendFileSync(out, chunk);
    });
  }
  /** Waits for the text in the output since the last call. */
  const until = async (text: string): Promise<string> => {
    await expect.poll(() => output.slice(seen), { timeout: 10_000 }).toContain(text);
    const part = output.slice(seen);
    seen = output.length;
    return part;
  };
  const save = (text: string) => writeFileSync(join(folder, FILE), text);
  const runs = () => output.split("watching for changes").length - 1;
  return { save, until, runs };
}

test("run --watch shows what changed, and why a broken workflow cannot be loaded", async () => {
  const { save, until, runs } = watchPlan('set("plan", "free"); set("old", 1)');
  expect(await until("watching")).not.toContain("since the last run");
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(runs()).toBe(1);

  save(source('set("plan", "pro"); set("trial", true)'));
  const changes = await until("watching");
  expect(changes).toContain(
    [
      "changed since the last run",
      "  removed  accessToken.old  1",
      '  changed  accessToken.plan  "free" → "pro"',
      "  added    accessToken.trial  true",
    ].join("\n"),
  );

  save(`${source("")}\nconst = 1;`);
  const broken = await until("watching");
  expect(broken).toContain("> 5 | const = 1;");
  expect(broken).not.toContain("no workflow");
  expect(broken).not.toContain("since the last run");

  save(source('set("plan", "pro"); set("trial", true)'));
  expect(await until("watching")).toContain("no claim changed since the last run");

  save(source('set("plan", "pro"); set("trial", true); throw new Error("down")'));
  expect(await until("watching")).toContain("  the sign-in is stopped now");
});
