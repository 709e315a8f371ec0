import { readFileSync } from "node:fs";

/** Reads the SQL of the stand-ins, for the superuser. */
export function readStandInSql(): string {
  return ["net.sql", "cron.sql", "vault.sql"]
    .map((file) => readFileSync(new URL(file, import.meta.url), "utf8"))
    .join("\n");
}
