import { randomBytes } from "node:crypto";
import { LocalStackError } from "../errors.ts";
import type { LocalSupabase } from "../types.ts";
import { HOW_TO_GET_DENO } from "./findDeno.ts";
import { startWorker } from "./startWorker.ts";
import { storeWakeUp } from "./storeWakeUp.ts";
import type { ClaimChangeRelay, KindeAccess } from "./types.ts";

/**
 * Relays every change of a claim in the local database to Kinde: the edge functions are served on
 * Deno, and the database wakes `refresh-claims` up. Without Deno, or if the functions do not start,
 * a worker in this process relays the changes.
 *
 * @param options.supabase a stack with the stand-ins, which wake `refresh-claims` up
 * @param options.log receives the line that says which of the two runs, and the relay's lines
 * @param options.deno Deno's program, from `findDeno`; undefined for the worker
 */
export async function startFunctions(options: {
  readonly supabase: LocalSupabase;
  readonly kinde: KindeAccess;
  readonly log: (line: string) => void;
  readonly deno: string | undefined;
}): Promise<ClaimChangeRelay> {
  const { supabase, kinde, deno, log } = options;
  if (deno === undefined) {
    log(
      `Deno was not found, so a worker in Node relays the changes of claims, and no edge functions are served. To serve them: ${HOW_TO_GET_DENO}`,
    );
    return startWorker(options);
  }
  const secret = randomBytes(32).toString("hex");
  try {
    const functions = await supabase.serveFunctions({
      deno,
      settings: {
        KINDE_DOMAIN: kinde.domain,
        KINDE_M2M_CLIENT_ID: kinde.clientId,
        KINDE_M2M_CLIENT_SECRET: kinde.clientSecret,
        ...(kinde.audience && { KINDE_M2M_AUDIENCE: kinde.audience }),
        REFRESH_CLAIMS_SECRET: secret,
      },
    });
    const names = functions.names.join(", ");
    log(`The edge functions ${names} run on Deno: ${supabase.url}/functions/v1/<name>`);
    await storeWakeUp(supabase, secret);
    return { runsOn: "Deno", stop: functions.stop };
  } catch (error) {
    // For example at the first start without a network: the functions' packages come from npm.
    if (!(error instanceof LocalStackError)) throw error;
    log(`A worker in Node relays the changes of claims instead of Deno. ${error.message}`);
    return startWorker(options);
  }
}
