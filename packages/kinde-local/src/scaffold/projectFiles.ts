import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import type { PackageInfo } from "../packageInfo.ts";
import type { Runner } from "./runners.ts";
import type { NewFile } from "./writeNewFiles.ts";

/** The files of a new project, without the workflow, its test and .vscode/launch.json. */
export function projectFiles(folder: string, own: PackageInfo, runner: Runner): NewFile[] {
  return [
    { path: "kinde.json", text: json(kindeJson(folder)) },
    { path: "package.json", text: json(packageJson(folder, own, runner)) },
    { path: "tsconfig.json", text: json(TSCONFIG) },
    { path: ".gitignore", text: "node_modules/\n.env\n" },
    { path: "README.md", text: readme(folder) },
  ];
}

/**
 * With the npm integration, Kinde installs the version of @kinde/infrastructure that package.json
 * names. An existing package.json may lack the package, so then the integration stays off.
 */
function kindeJson(folder: string): object {
  const isOurs = !existsSync(join(folder, "package.json"));
  const integrations = isOurs ? { integrations: { npm: { enabled: true } } } : {};
  return { version: "2024-12-09", rootDir: "kindeSrc", ...integrations };
}

/**
 * Only the engine's types, so that an editor reports what the engine lacks. `strict` is repeated
 * here because Kinde's bundler uses it, and the file that `extends` names is not there when Kinde
 * builds: kinde-local is not installed.
 */
const TSCONFIG = {
  extends: "kinde-local/tsconfig.json",
  compilerOptions: { strict: true },
  include: ["kindeSrc"],
};

/** The scripts of a project of workflows. */
export function scriptsFor(runner: Runner): Record<string, string> {
  const test = { node: "node --test", vitest: "vitest run", jest: "jest" }[runner];
  return { check: "kinde-local check", start: "kinde-local run", test };
}

function packageJson(folder: string, own: PackageInfo, runner: Runner): object {
  const infrastructure = own.dependencies["@kinde/infrastructure"] ?? "latest";
  const runnerVersion = { node: {}, vitest: { vitest: "^4.1.0" }, jest: { jest: "^30.0.0" } };
  return {
    name: packageName(folder),
    version: "0.0.0",
    private: true,
    type: "module",
    scripts: scriptsFor(runner),
    dependencies: { "@kinde/infrastructure": infrastructure },
    devDependencies: { "kinde-local": `^${own.version}`, ...runnerVersion[runner] },
  };
}

/** Makes a package name. npm allows lower-case letters, digits and a few other characters. */
function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" ? "kinde-workflows" : name;
}

function readme(folder: string): string {
  return `# ${basename(folder) || "Kinde workflows"}

Workflows that Kinde runs. Kinde reads \`kindeSrc\` when you press "Sync code" in its dashboard.

\`\`\`sh
npm install
npm run check    # finds what Kinde would refuse, and what would go wrong in a run
npm start        # runs the workflow with a sample event
npm test
\`\`\`
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
