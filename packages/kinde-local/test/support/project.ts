import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createKinde, type Kinde, type KindeOptions } from "kinde-local";
import { onTestFinished } from "vitest";

export const WORKFLOWS = "kindeSrc/environment/workflows";

/** When to clean up: after the test, or with `afterAll` after the file. */
type CleanUp = (fn: () => void | Promise<void>) => void;

/** A project in a temporary folder, gone when the test is. Paths are relative to it. */
export function makeProject(
  files: Record<string, string>,
  cleanUp: CleanUp = onTestFinished,
): string {
  const folder = mkdtempSync(join(tmpdir(), "kinde-local-test-"));
  cleanUp(() => rmSync(folder, { recursive: true, force: true }));
  const all = { "kinde.json": '{"version":"2024-12-09","rootDir":"kindeSrc"}', ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A runtime over a folder, closed when the test is done. */
export function openKinde(
  project: string,
  options: KindeOptions = {},
  cleanUp: CleanUp = onTestFinished,
): Kinde {
  const kinde = createKinde({ project, ...options });
  cleanUp(() => kinde.close());
  return kinde;
}

/** A project with one workflow and the runtime over it. */
export function kindeWith(source: string, options: KindeOptions = {}): Kinde {
  return openKinde(makeProject({ [`${WORKFLOWS}/testWorkflow.ts`]: source }), options);
}

const BINDINGS = ["console", "url", "util", "kinde.accessToken", "kinde.env", "kinde.fetch"];

/** The source of a workflow whose body is given; its result becomes the claim "result". */
export function workflow(body: string, bindings: readonly string[] = BINDINGS): string {
  const declared = JSON.stringify(Object.fromEntries(bindings.map((name) => [name, {}])));
  return `export const workflowSettings = { id: "test", trigger: "user:tokens_generation", bindings: ${declared} };
export default async function (event) {
  kinde.accessToken.setCustomClaim("result", await run(event));
}
async function run(event) {
${body}
}
`;
}

/** A project with one workflow whose body is given, and whatever other files. */
export function projectWith(body: string, more: Record<string, string> = {}): string {
  return makeProject({ [`${WORKFLOWS}/testWorkflow.ts`]: workflow(body), ...more });
}
