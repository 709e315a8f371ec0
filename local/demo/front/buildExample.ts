import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { LocalStackError } from "../../supabase/index.ts";
import type { ExampleProgram } from "./programs.ts";

/** Folders that an installation or a build makes. */
const MADE = new Set(["node_modules", ".next", ".svelte-kit", "build", "dist", "coverage"]);
/** Holds the hash of the sources of the last build. `npm ci` removes it with the folder. */
const STAMP = "node_modules/.demo-build";

/**
 * Builds the example if its sources have changed since its last build.
 *
 * @throws LocalStackError if the build fails, with the last lines that it printed
 */
export async function buildExample(
  { name, build }: ExampleProgram,
  folder: string,
  onProgress: (text: string) => void,
): Promise<void> {
  const hash = hashSources(folder);
  const stamp = join(folder, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return;
  onProgress(`Building examples/${name}`);
  for (const args of build) await runNode(name, args, folder);
  writeFileSync(stamp, hash);
}

async function runNode(name: string, args: readonly string[], cwd: string): Promise<void> {
  // The variables of the user's own project must not end up in a build.
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH, HOME, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, "close")) as [number | null];
  if (code === 0) return;
  const lines = (await output).join("\n").trim().split("\n").slice(-15).join("\n");
  const reason = `it could not be built. The last lines of its output:\n${lines}`;
  throw new LocalStackError(`examples/${name}`, reason);
}

function hashSources(folder: string): string {
  const hash = createHash("sha256");
  const visit = (path: string) => {
    const entries = readdirSync(path, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (MADE.has(entry.name)) continue;
      const child = join(path, entry.name);
      if (entry.isDirectory()) visit(child);
      else if (entry.isFile()) hash.update(child.slice(folder.length)).update(readFileSync(child));
    }
  };
  visit(folder);
  return hash.digest("hex");
}
