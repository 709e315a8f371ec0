import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { LocalStackError } from "./errors.ts";

const require = createRequire(import.meta.url);
const FILE = "share/postgresql/extension/pgmq--1.11.1.sql";

let sql: string | undefined;

/**
 * Reads the SQL of pgmq, which is the whole extension: it creates the schema `pgmq`. Kept for the
 * life of the process, because unpacking it starts another one.
 *
 * @throws LocalStackError if the package that carries it cannot be read
 */
export function readPgmqSql(): string {
  try {
    const entry = dirname(require.resolve("@electric-sql/pglite-pgmq"));
    sql ??= execFileSync("tar", ["-xzOf", join(entry, "pgmq.tar.gz"), FILE], {
      encoding: "utf8",
      stdio: "pipe",
      timeout: 10_000,
    });
    return sql;
  } catch (error) {
    throw new LocalStackError(
      "PostgreSQL",
      `pgmq could not be read from the package @electric-sql/pglite-pgmq (${String(error)}). Run "npm ci", and check that the program tar is installed.`,
      { cause: error },
    );
  }
}
