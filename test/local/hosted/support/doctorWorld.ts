import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HostedSettings, readHostedSettings } from "../../../../local/hosted/settings.ts";
import { findOrInstallDeno } from "./findOrInstallDeno.ts";
import { type HostedWorld, startHostedWorld } from "./hostedWorld.ts";
import { runSetup } from "./runHosted.ts";

/** Hosted accounts that `npm run setup` has set up, with the edge functions on Deno. */
export interface DoctorWorld extends HostedWorld {
  /** The settings of `envFile`, validated. */
  readonly validSettings: HostedSettings;
  /** Stops the edge functions, or serves them with the project's current secrets. */
  readonly functions: { stop(): Promise<void>; start(): Promise<void> };
}

/**
 * Starts hosted accounts in which the doctor finds nothing wrong. The local Supabase replaces the
 * hosted project, so `SUPABASE_URL` is the address of its gateway.
 */
export async function startDoctorWorld(): Promise<DoctorWorld> {
  const folder = mkdtempSync(join(tmpdir(), "doctor-"));
  // The database's user must be able to enter it.
  chmodSync(folder, 0o711);
  const world = await startHostedWorld();
  let served: { stop(): Promise<void> } | undefined;
  const stop = async () => {
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const settings = { ...world.settings, SUPABASE_URL: world.local.url };
    const envFile = world.writeSettings(settings);
    const { code, stdout, stderr } = await runSetup(["--env-file", envFile, "--apply", "--yes"]);
    if (code !== 0) throw new Error(`the set-up failed: ${stdout}${stderr}`);
    // Behind a proxy with its own certificate, Deno needs the system's certificates.
    process.env.DENO_TLS_CA_STORE ??= "mozilla,system";
    const deno = await findOrInstallDeno(folder);
    const secretOf = (name: string) => world.supabase.project.secrets.get(name) ?? "";
    const functions = {
      start: async () => {
        served = await world.local.serveFunctions({
          deno,
          settings: {
            KINDE_DOMAIN: secretOf("KINDE_DOMAIN"),
            KINDE_M2M_CLIENT_ID: secretOf("KINDE_M2M_CLIENT_ID"),
            KINDE_M2M_CLIENT_SECRET: secretOf("KINDE_M2M_CLIENT_SECRET"),
            REFRESH_CLAIMS_SECRET: secretOf("REFRESH_CLAIMS_SECRET"),
          },
        });
      },
      stop: async () => await served?.stop(),
    };
    await functions.start();
    const validSettings = readHostedSettings(envFile);
    return { ...world, settings, envFile, validSettings, functions, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
