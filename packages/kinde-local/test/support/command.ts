import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The command as it is installed. Tests start it directly, so they also test its first line. */
export const CLI = join(
  dirname(createRequire(import.meta.url).resolve("kinde-local/package.json")),
  "dist/cli.js",
);

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

type Options = { input?: string; env?: Record<string, string> };

/** Runs `kinde-local` as a process and waits for its end. */
export function kindeLocal(...args: [Options, ...string[]] | string[]): Promise<Finished> {
  const [first, ...rest] = args;
  const options: Options = typeof first === "object" ? first : {};
  const words = typeof first === "object" ? (rest as string[]) : (args as string[]);
  const child = spawn(CLI, words, {
    env: { ...process.env, ...options.env },
    timeout: 60_000,
  });
  child.stdin.end(options.input ?? "");
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
