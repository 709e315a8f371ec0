import { settingOf, type World } from "../../world.ts";
import { runCli } from "../runCli.ts";

/**
 * Applies the migrations with `supabase db push`. The password goes to the CLI in its environment.
 */
export async function applyByCli(world: World): Promise<void> {
  const url = settingOf(world, "SUPABASE_DB_URL");
  const isLocal = ["127.0.0.1", "localhost"].includes(new URL(url).hostname);
  await runCli(["db", "push", "--skip-vault", "--yes", `--remote=${url}`], {
    repository: world.repository,
    signal: world.signal,
    environment: {
      PGPASSWORD: world.settings.SUPABASE_DB_PASSWORD,
      // A database on this machine offers no TLS.
      ...(isLocal && { PGSSLMODE: "disable" }),
    },
  });
}
