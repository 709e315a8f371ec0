import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PACKAGE = join(import.meta.dirname, "../../../packages/kinde-local");
const FLAGS = ["--no-audit", "--no-fund", "--prefer-offline"];

/** kinde-local as `npm publish` would upload it, and a folder for projects that install it. */
export interface PackedKindeLocal {
  folder: string;
  tarball: string;
  /** Creates a folder with a package.json, and installs the package and `more` from the registry. */
  install(packageJson: object, more?: readonly string[]): Promise<string>;
  emptyFolder(): string;
  remove(): void;
}

/** Builds and packs the package. */
export async function packKindeLocal(): Promise<PackedKindeLocal> {
  const folder = mkdtempSync(join(tmpdir(), "kinde-local-packed-"));
  const packed = await run("npm", ["pack", "--json", "--pack-destination", folder], PACKAGE);
  // `prepack` may write before the JSON.
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf("[\n"))) as [{ filename: string }];
  const tarball = join(folder, filename);
  const emptyFolder = (): string => mkdtempSync(join(folder, "project-"));
  return {
    folder,
    tarball,
    emptyFolder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    async install(packageJson, more = []) {
      const project = emptyFolder();
      writeFileSync(join(project, "package.json"), JSON.stringify(packageJson));
      await run("npm", ["install", ...FLAGS, tarball, ...more], project);
      return project;
    },
  };
}

/** Runs a program and returns its output. An error holds the output. */
export function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: cleanEnvironment(), maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(" ")}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
    child.stdin?.end();
  });
}

/**
 * The environment of a developer's terminal: without the variables that npm and vitest set for
 * their child processes, and without those of a CI server, where vitest and jest write no new
 * snapshot.
 */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = /^(?:VITEST|NODE_ENV|TEST|DEV|PROD|MODE|BASE_URL|NODE_TEST_CONTEXT|npm_)/;
  const ci = /^(?:CI|CONTINUOUS_INTEGRATION|GITHUB_ACTIONS|GITLAB_CI|BUILD_(?:ID|NUMBER))$/;
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name) && !ci.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: "1" };
}

const WORKFLOW = `import { accessTokenCustomClaims } from "@kinde/infrastructure";
export const workflowSettings = {
  id: "plan", trigger: "user:tokens_generation", bindings: { "kinde.accessToken": {} },
};
export default async function () {
  accessTokenCustomClaims<{ plan: string }>().plan = "pro";
}`;

/** Puts kinde.json and one workflow into a folder. */
export function writeWorkflow(project: string, source = WORKFLOW): void {
  const workflows = join(project, "kindeSrc/environment/workflows");
  mkdirSync(workflows, { recursive: true });
  writeFileSync(join(project, "kinde.json"), '{"version":"2024-12-09","rootDir":"kindeSrc"}');
  writeFileSync(join(workflows, "planWorkflow.ts"), source);
}
