import { fileURLToPath } from "node:url";
import { portUrl, socketUrl } from "./addresses.ts";
import { keyJudge } from "./apiKeys.ts";
import { bootstrap } from "./bootstrap.ts";
import { checkProject, runSupabase } from "./cli.ts";
import { clusterCache } from "./clusterCache.ts";
import { type FunctionServer, serveFunctions } from "./functions/serveFunctions.ts";
import { startGateway } from "./gateway.ts";
import { startGuard } from "./guard.ts";
import { jwtMinter, mintKeys } from "./keys.ts";
import { pushMigrations } from "./migrations.ts";
import { newPasswords } from "./passwords.ts";
import { SUPERUSER, startPostgres } from "./postgres.ts";
import { checkPostgrest, type Postgrest, startPostgrest } from "./postgrest.ts";
import { startStandIns } from "./standIns/runStandIns.ts";
import { temporaryFolder } from "./temporaryFolder.ts";
import { createThirdPartyAuth } from "./thirdPartyAuth.ts";
import type { LocalSupabase, StartOptions } from "./types.ts";
import { databaseUser } from "./user.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Starts a Supabase project's database and Data API on 127.0.0.1, with new keys, and applies the
 * project's migrations and seed. Everything lives in one temporary folder; all of it is gone after
 * `stop()`, and also when this process ends in any other way.
 *
 * @throws LocalStackError when a part could not start; nothing is left running then.
 */
export async function startSupabase(options: StartOptions = {}): Promise<LocalSupabase> {
  const { project = REPOSITORY, signal, onProgress = () => undefined } = options;
  const { migrate = true, seed = true, defaultPrivileges = "explicit" } = options;
  const { pgmq = true, standIns = false } = options;
  signal?.throwIfAborted();
  if (migrate) checkProject(project);
  checkPostgrest();
  const user = databaseUser();
  const folder = temporaryFolder("local-supabase-", user);
  const guard = startGuard(folder);
  let stopped: Promise<void> | undefined;
  const endings: Array<() => Promise<void>> = [() => guard.finish()];
  const stop = () => {
    stopped ??= endings.reduceRight((done, end) => done.then(end), Promise.resolve());
    return stopped;
  };
  try {
    const keys = await mintKeys();
    const mintJwt = jwtMinter(keys.jwtSecret);
    const thirdParty = createThirdPartyAuth(mintJwt);
    let postgrest: Postgrest | undefined;
    let functions: FunctionServer | undefined;
    const gateway = await startGateway({
      port: options.port,
      judge: keyJudge(keys, mintJwt, thirdParty),
      upstreamPort: () => postgrest?.port,
      functionPort: (name) => functions?.portOf(name),
    });
    endings.push(() => gateway.stop());

    onProgress("Starting PostgreSQL");
    const traits = { defaultPrivileges, pgmq, standIns };
    const made = { ...traits, seed, user, project: migrate ? project : undefined };
    const cache = clusterCache(made, guard);
    const known = cache?.known();
    const passwords = known ?? newPasswords();
    const postgres = await startPostgres({
      ...{ folder, user, guard, signal },
      password: passwords[SUPERUSER],
      port: options.databasePort,
      bringCluster: cache && known && (() => cache.copyTo(folder)),
    });
    const { address } = postgres;
    const superuserUrl = socketUrl(address, SUPERUSER, passwords[SUPERUSER]);
    if (!known) await bootstrap(superuserUrl, passwords, traits);
    signal?.throwIfAborted();

    const cli = {
      ...{ project, folder, guard, signal },
      // It connects through the port, since `supabase gen types` does not find the socket.
      databaseUrl: portUrl(address, "postgres"),
      password: passwords.postgres,
    };
    if (migrate) {
      onProgress("Applying the migrations with the Supabase CLI");
      if (!known) await pushMigrations({ ...cli, seed });
    }
    if (cache && !known) {
      await postgres.stop();
      await cache.keep(folder, passwords);
      await postgres.start();
    }

    if (standIns) {
      const runner = await startStandIns(superuserUrl);
      endings.push(() => runner.stop());
    }

    onProgress("Starting PostgREST");
    const { jwtSecret } = keys;
    const api = await startPostgrest({
      ...{ folder, guard, signal, jwtSecret },
      databaseUrl: socketUrl(address, "authenticator", passwords.authenticator),
    });
    postgrest = api;
    signal?.throwIfAborted();
    return {
      ...keys,
      url: gateway.url,
      databaseUrl: portUrl(address, "postgres", passwords.postgres),
      superuserUrl,
      mintJwt,
      trustIssuer: thirdParty.trust,
      postgrest: api,
      database: {
        stop: () => postgres.stop(),
        start: async () => {
          await postgres.start();
          await api.recover();
        },
      },
      serveFunctions: async (options) => {
        const { url } = gateway;
        const { secretKey } = keys;
        functions = await serveFunctions(options, { project, folder, guard, url, secretKey });
        endings.push(functions.stop);
        return functions;
      },
      cli: (args) => runSupabase(args, cli),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
