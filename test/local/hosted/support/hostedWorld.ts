import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type FakeKinde,
  type FakeSupabase,
  startFakeKinde,
  startFakeSupabase,
} from "../../../../local/hosted/fakes/index.ts";
import { type LocalSupabase, startSupabase } from "../../../../local/supabase/index.ts";

/**
 * A hosted Supabase project without migrations, a Kinde environment, and a settings file for both.
 */
export interface HostedWorld {
  readonly local: LocalSupabase;
  readonly supabase: FakeSupabase;
  readonly kinde: FakeKinde;
  /** All settings, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** The file that holds them. */
  readonly envFile: string;
  /** Writes another settings file. */
  writeSettings(settings: Readonly<Record<string, string>>): string;
  stop(): Promise<void>;
}

export async function startHostedWorld(): Promise<HostedWorld> {
  const local = await startSupabase({ migrate: false, seed: false, standIns: true });
  const supabase = await startFakeSupabase({ databaseUrl: local.databaseUrl, keys: local });
  const kinde = await startFakeKinde();
  const folder = mkdtempSync(join(tmpdir(), "hosted-"));
  const settings = {
    SUPABASE_ACCESS_TOKEN: supabase.accessToken,
    SUPABASE_PROJECT_REF: supabase.ref,
    SUPABASE_API_URL: supabase.url,
    SUPABASE_ROLE_CLAIM: "authenticated",
    KINDE_DOMAIN: kinde.url,
    KINDE_M2M_CLIENT_ID: kinde.machine.clientId,
    KINDE_M2M_CLIENT_SECRET: kinde.machine.clientSecret,
    KINDE_CLIENT_ID: kinde.clientId,
    APP_URL: "https://app.example.com",
    WEBHOOK_URL: "function",
  };
  let files = 0;
  const writeSettings = (values: Readonly<Record<string, string>>) => {
    const file = join(folder, `${files++}.env`);
    const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(file, lines.join(""), { mode: 0o600 });
    return file;
  };
  return {
    local,
    supabase,
    kinde,
    settings,
    envFile: writeSettings(settings),
    writeSettings,
    async stop() {
      rmSync(folder, { recursive: true, force: true });
      await Promise.all([supabase.stop(), kinde.stop()]);
      await local.stop();
    },
  };
}
