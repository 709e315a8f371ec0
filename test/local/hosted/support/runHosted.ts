import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

export interface CommandResult {
  readonly code: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run setup` in a process of its own. */
export const runSetup = runnerOf("local/setup.ts");

/** Runs `npm run doctor` in a process of its own. */
export const runDoctor = runnerOf("local/doctor.ts");

function runnerOf(program: string) {
  return (
    args: readonly string[],
    onStart: (child: ChildProcess) => void = () => undefined,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<CommandResult> => {
    const child = spawn(process.execPath, ["local/command/run.js", program, "--", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", ...variables },
    });
    onStart(child);
    return resultOf(child);
  };
}

/**
 * Runs `npm run setup` on a terminal of its own, which `script` of util-linux makes, and types the
 * answer to the question.
 */
export function answerOnTerminal(args: readonly string[], answer: string): Promise<CommandResult> {
  const command = ["node", "local/command/run.js", "local/setup.ts", "--", ...args].join(" ");
  const options = ["--quiet", "--return", "--command", command, "/dev/null"];
  const child = spawn("script", options, { stdio: ["pipe", "pipe", "pipe"] });
  let shown = "";
  let isAnswered = false;
  child.stdout.on("data", (text: Buffer) => {
    shown += text;
    if (isAnswered || !shown.includes("Type yes:")) return;
    isAnswered = true;
    child.stdin.write(`${answer}\n`);
  });
  return resultOf(child).finally(() => child.stdin.destroy());
}

function resultOf(child: ChildProcessByStdio<Writable | null, Readable, Readable>) {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  return new Promise<CommandResult>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code: code ?? signal, ...output }));
  });
}
