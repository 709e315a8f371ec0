import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../../command/errors.ts";
import { EXIT } from "../../command/exitCodes.ts";
import { supabaseBinary } from "../../supabase/binaries.ts";

const LIMIT_MS = 300_000;

/** A command of the Supabase CLI failed. */
class CliError extends CommandError {
  override readonly name = "CliError";
  readonly exitCode = EXIT.failed;
}

/**
 * Runs the Supabase CLI, in a home of its own: the settings of the user's own CLI are for other
 * projects. Secrets go into the environment, since every user can read a process's arguments.
 *
 * @throws CliError with the last lines of what the CLI wrote
 */
export async function runCli(
  args: readonly string[],
  options: {
    readonly repository: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal | undefined;
    /**
     * Writes a profile into the folder, which tells the CLI the Management API to use. Returns the
     * arguments that name the profile.
     */
    readonly writeProfile?: ((folder: string) => string[]) | undefined;
  },
): Promise<void> {
  const { repository, environment, signal, writeProfile } = options;
  const folder = mkdtempSync(join(tmpdir(), "supabase-cli-"));
  try {
    const home = join(folder, "home");
    mkdirSync(home);
    const { PATH, HTTPS_PROXY, HTTP_PROXY, NO_PROXY, SSL_CERT_FILE } = process.env;
    const child = spawn(
      supabaseBinary(),
      [...args, ...(writeProfile?.(folder) ?? []), "--workdir", repository, "--agent", "no"],
      {
        cwd: repository,
        env: {
          ...{ PATH, HTTPS_PROXY, HTTP_PROXY, NO_PROXY, SSL_CERT_FILE },
          HOME: home,
          TMPDIR: folder,
          SUPABASE_TELEMETRY_DISABLED: "1",
          DO_NOT_TRACK: "1",
          NO_COLOR: "1",
          ...environment,
        },
        stdio: ["ignore", "pipe", "pipe"],
        timeout: LIMIT_MS,
        ...(signal && { signal }),
      },
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const ended = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
      child.once("error", reject).once("close", (code, killed) => resolve(code ?? killed));
    });
    if (ended === 0) return;
    const last = output
      .trim()
      .split(/\s*\n\s*/)
      .slice(-3)
      .join(" ");
    throw new CliError(`"supabase ${args.slice(0, 2).join(" ")}" ended with ${ended}: ${last}`);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
