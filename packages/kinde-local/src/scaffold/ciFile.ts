import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { listFiles } from "../project/findWorkflowFiles.ts";
import { readRegularFile } from "../readRegularFile.ts";
import { toPosix } from "./paths.ts";
import type { NewFile } from "./writeNewFiles.ts";

/**
 * For each package manager, how to install exactly the versions in its lockfile, and how to run the
 * tests.
 */
const MANAGERS = [
  {
    lock: "pnpm-lock.yaml",
    install: "corepack enable && pnpm install --frozen-lockfile",
    test: "pnpm test",
  },
  { lock: "yarn.lock", install: "corepack enable && yarn install --immutable", test: "yarn test" },
  { lock: "package-lock.json", install: "npm ci", test: "npm test" },
] as const;

/**
 * Returns the top folder of the repository, because GitHub reads its workflows only there. Without
 * a repository, returns `folder`.
 */
export function repositoryRoot(folder: string): string {
  for (let root = folder; ; root = dirname(root)) {
    if (existsSync(join(root, ".git"))) return root;
    if (root === dirname(root)) return folder;
  }
}

/**
 * Makes a workflow of GitHub Actions that runs kinde-local. Null if an existing one does so
 * already.
 */
export function ciFile(folder: string, root: string): NewFile | null {
  const files = listFiles(join(root, ".github/workflows")).filter((file) => /\.ya?ml$/.test(file));
  if (files.some((file) => readRegularFile(file).includes("kinde-local"))) return null;
  const manager = MANAGERS.find(({ lock }) =>
    [folder, root].some((at) => existsSync(join(at, lock))),
  );
  const below = toPosix(relative(root, folder));
  return {
    path: ".github/workflows/kinde.yml",
    text: yaml(below, manager?.install ?? "npm install", manager?.test ?? "npm test"),
  };
}

function yaml(below: string, install: string, test: string): string {
  const folder =
    below === ""
      ? ""
      : `    defaults:\n      run:\n        working-directory: ${JSON.stringify(below)}\n`;
  return `name: Kinde workflows
on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

jobs:
  kinde:
    name: Kinde accepts the workflows, and their tests pass
    runs-on: ubuntu-latest
    timeout-minutes: 10
${folder}    steps:
      - name: Check out the repository
        uses: actions/checkout@34e114876b0b11c390a56381ad16ebd13914f8d5 # v4.3.1
        with:
          persist-credentials: false
      - name: Use Node 22
        uses: actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020 # v4.4.0
        with:
          node-version: 22
      - name: Install
        run: ${install}
      - name: Find what Kinde would refuse
        run: npx kinde-local check --format github
      - name: Test
        run: ${test}
`;
}
