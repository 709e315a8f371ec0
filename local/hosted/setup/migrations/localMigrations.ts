import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Migration {
  /** The time stamp in front of the name. */
  readonly version: string;
  readonly name: string;
  readonly sql: string;
}

/** The migrations of the repository, in the order in which the Supabase CLI applies them. */
export function localMigrations(repository: string): Migration[] {
  const folder = join(repository, "supabase", "migrations");
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const [, version, name] = /^(\d+)_(.+)\.sql$/.exec(file) ?? [];
      if (version === undefined || name === undefined) return [];
      return { version, name, sql: readFileSync(join(folder, file), "utf8") };
    });
}
