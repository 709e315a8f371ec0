import { type ChildProcess, spawn } from "node:child_process";

export interface SetupResult {
  readonly code: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run setup` in a process of its own. */
export function runSetup(
  args: readonly string[],
  onStart: (child: ChildProcess) => void = () => undefined,
  variables: Readonly<Record<string, string>> = {},
): Promise<SetupResult> {
  const child = spawn(process.execPath, ["local/command/run.js", "local/setup.ts", "--", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", ...variables },
  });
  onStart(child);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? signal, ...output }));
  });
}
