import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

const require = createRequire(import.meta.url);
const PACKAGE = dirname(require.resolve("kinde-local/package.json"));
/** The compiler's command. In TypeScript 7, it starts a second program. */
const COMPILER = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");

type CleanUp = (fn: () => void | Promise<void>) => void;

/** An empty folder in which Node, TypeScript and esbuild find kinde-local and Kinde's package. */
export function emptyFolder(cleanUp: CleanUp = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), "kinde-local-new-"));
  cleanUp(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "node_modules/@kinde"), { recursive: true });
  symlinkSync(PACKAGE, join(folder, "node_modules/kinde-local"));
  const infrastructure = dirname(dirname(require.resolve("@kinde/infrastructure")));
  symlinkSync(infrastructure, join(folder, "node_modules/@kinde/infrastructure"));
  return folder;
}

/** The command that type-checks a folder. Without errors, it prints nothing and ends with 0. */
export function compile(folder: string): [program: string, args: string[]] {
  return [process.execPath, [COMPILER, "--project", join(folder, "tsconfig.json")]];
}
