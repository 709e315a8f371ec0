import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Comparison {
  total: number;
  agree: number;
  differences: { expression: string; engine: string; here: string }[];
}

/** What `test/programs/compareValues.js` finds. */
export async function runProgram(args: string[]): Promise<Comparison> {
  const program = join(import.meta.dirname, "../programs/compareValues.js");
  const { stdout } = await promisify(execFile)(process.execPath, [program, "--json", ...args], {
    maxBuffer: 50_000_000,
  });
  return JSON.parse(stdout) as Comparison;
}
