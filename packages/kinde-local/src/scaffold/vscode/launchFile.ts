import type { NewFile } from "../writeNewFiles.ts";

export const LAUNCH_PATH = ".vscode/launch.json";

/** Runs the workflow in the open file, and stops at breakpoints in its TypeScript source. */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: VS Code replaces them
export const LAUNCH_CONFIGURATION = {
  name: "Kinde workflow in this file",
  type: "node",
  request: "launch",
  program: "${workspaceFolder}/node_modules/kinde-local/dist/cli.js",
  args: ["run", "${file}", "--project", "${fileDirname}", "--inspect", "127.0.0.1:9229"],
  // The workflow runs in a separate process, which waits for a debugger at this port.
  attachSimplePort: 9229,
  console: "integratedTerminal",
  skipFiles: ["<node_internals>/**"],
} as const;
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: VS Code replaces them

/** Makes the whole file, for a project that has no launch.json. */
export function launchFile(): NewFile {
  const launch = { version: "0.2.0", configurations: [LAUNCH_CONFIGURATION] };
  return { path: LAUNCH_PATH, text: `${JSON.stringify(launch, null, 2)}\n` };
}
