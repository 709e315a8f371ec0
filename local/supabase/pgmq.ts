import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { LocalStackError } from "./errors.ts";
import { readFromArchive } from "./readFromArchive.ts";

const require = createRequire(import.meta.url);
const FILE = "share/postgresql/extension/pgmq--1.11.1.sql";

/**
 * Reads the SQL of pgmq, which is the whole extension: it creates the schema `pgmq`.
 *
 * @throws LocalStackError if the package that contains it cannot be read
 */
export function readPgmqSql(): string {
  try {
    const entry = dirname(require.resolve("@electric-sql/pglite-pgmq"));
    return readFromArchive(join(entry, "pgmq.tar.gz"), FILE);
  } catch (error) {
    throw new LocalStackError(
      "PostgreSQL",
      `pgmq could not be read from the package @electric-sql/pglite-pgmq (${String(error)}). Run "npm ci".`,
      { cause: error },
    );
  }
}
