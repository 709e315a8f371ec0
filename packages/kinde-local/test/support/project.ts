import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createKinde, type Kinde, type KindeOptions } from "kinde-local";
import { afterAll, onTestFinished } from "vitest";

// All runtimes share one bundler process, which ends with the last runtime. This runtime is never
// used or closed, so that the bundler is not started again for every test.
createKinde();

export const WORKFLOWS = "kindeSrc/environment/workflows";

/** When to clean up: after the test, or with `afterAll` after the file. */
type CleanUp = (fn: () => void | Promise<void>) => void;

/** Creates a project in a temporary folder and removes it after the test. Paths are relative. */
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

/** Creates a runtime for a folder, and closes it after the test. */
export function openKinde(
  project: string,
  options: KindeOptions = {},
  cleanUp: CleanUp = onTestFinished,
): Kinde {
  const kinde = createKinde({ project, ...options });
  cleanUp(() => kinde.close());
  return kinde;
}

/**
 * Shares one runtime, and so one process for its realms, among the tests of a file. The function
 * that it returns replaces the project's only workflow and returns the runtime, so only the last
 * workflow can be run. Call `useKinde` at the top of the file. Tests about starting or limits use
 * `kindeWith`.
 */
export function useKinde(): (source: string) => Kinde {
  const folder = makeProject({}, afterAll);
  const kinde = openKinde(folder, {}, afterAll);
  const file = join(folder, WORKFLOWS, "testWorkflow.ts");
  mkdirSync(dirname(file), { recursive: true });
  let written = 0;
  return (source) => {
    writeFileSync(file, source);
    // The runtime bundles a recently saved file again at every load, so this one gets an old time.
    // Every save has a different time, by which the runtime notices that the workflow changed.
    const seconds = Date.now() / 1000 - 3600 + written++;
    utimesSync(file, seconds, seconds);
    return kinde;
  };
}

/** Creates a project with one workflow, and its own runtime for it. */
export function kindeWith(source: string, options: KindeOptions = {}): Kinde {
  return openKinde(makeProject({ [`${WORKFLOWS}/testWorkflow.ts`]: source }), options);
}

const BINDINGS = ["console", "url", "util", "kinde.accessToken", "kinde.env", "kinde.fetch"];

/** The source of a workflow with this body, whose result becomes the claim "result". */
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

/** Creates a project with one workflow, which has this body, and with other files. */
export function projectWith(body: string, more: Record<string, string> = {}): string {
  return makeProject({ [`${WORKFLOWS}/testWorkflow.ts`]: workflow(body), ...more });
}
