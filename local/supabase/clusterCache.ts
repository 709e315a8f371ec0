import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import type { ProjectTraits } from "./bootstrap.ts";
import { LocalStackError } from "./errors.ts";
import type { Guard } from "./guard.ts";
import type { Passwords } from "./passwords.ts";
import { readPgmqSql } from "./pgmq.ts";
import { startServer } from "./server.ts";
import { readStandInSql } from "./standIns/readStandInSql.ts";
import type { SystemUser } from "./user.ts";

/** The inputs of a database. The same inputs give the same database. */
export interface ClusterInputs extends ProjectTraits {
  /** The folder whose migrations were applied, or undefined if none were. */
  project: string | undefined;
  seed: boolean;
  user: SystemUser | undefined;
}

/** A cache of databases. */
export interface ClusterCache {
  /** The passwords of the database, if it is known. */
  known(): Passwords | undefined;
  /** Copies the known database into the stack's `folder`, below `data`. */
  copyTo(folder: string): Promise<void>;
  /** Keeps a copy of the database in `folder`. The database must be stopped. */
  keep(folder: string, passwords: Passwords): Promise<void>;
}

/**
 * For a test run, which starts the same stack dozens of times: when LOCAL_SUPABASE_CACHE names a
 * folder, a database made from the same files is copied instead of made again, in a tenth of the
 * time. Only `test/support/globalSetup.ts` sets the variable. Without it, each stack gets a new
 * database.
 */
export function clusterCache(inputs: ClusterInputs, guard: Guard): ClusterCache | undefined {
  const place = process.env.LOCAL_SUPABASE_CACHE;
  if (!place) return undefined;
  const entry = join(place, keyOf(inputs));
  const kept = join(entry, "passwords.json");
  return {
    known: () =>
      existsSync(kept) ? (JSON.parse(readFileSync(kept, "utf8")) as Passwords) : undefined,
    // Runs as the database's user, so that this user owns the copy. The folder `data` exists, and
    // with "/." the copy goes into it instead of a folder below it.
    copyTo: (folder) =>
      copy(["-R", `${join(entry, "data")}/.`, join(folder, "data")], folder, inputs.user, guard),
    async keep(folder, passwords) {
      const part = join(place, randomUUID());
      mkdirSync(part);
      await copy(["-Rp", join(folder, "data"), join(part, "data")], folder, undefined, guard);
      writeFileSync(join(part, "passwords.json"), JSON.stringify(passwords), { mode: 0o600 });
      try {
        renameSync(part, entry);
      } catch {
        // Another process made the same one in the meantime.
        rmSync(part, { recursive: true });
      }
    },
  };
}

async function copy(args: string[], folder: string, user: SystemUser | undefined, guard: Guard) {
  const log = join(folder, "copy.log");
  const command = { part: "PostgreSQL", file: "cp", args, cwd: folder, log, user } as const;
  const cp = await startServer({ ...command, env: process.env, stopSignal: "SIGKILL" }, guard);
  if ((await cp.exited) === 0) return;
  throw new LocalStackError("PostgreSQL", `the copy failed: ${cp.logLines()[0]}`);
}

function keyOf({ project, seed, user, ...traits }: ClusterInputs): string {
  const { defaultPrivileges, pgmq, standIns } = traits;
  const hash = createHash("sha256");
  hash.update(JSON.stringify([seed, defaultPrivileges, user?.uid]));
  hash.update(pgmq ? readPgmqSql() : "without pgmq");
  hash.update(standIns ? readStandInSql() : "without stand-ins");
  for (const file of ["bootstrap.sql", "bootstrap.ts", "postgres.ts"]) {
    hash.update(readFileSync(new URL(file, import.meta.url)));
  }
  if (project) {
    const folder = resolve(project, "supabase");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && /\.(sql|toml)$/.test(file.name))
      .map((file) => join(file.parentPath, file.name))
      .sort();
    for (const file of files) hash.update(file.slice(folder.length)).update(readFileSync(file));
  }
  return hash.digest("hex");
}
