import { readOrigin } from "../../examples/express/readOrigin.ts";
import { UsageError } from "../command/errors.ts";
import { type ClaimChangeRelay, findDeno, startFunctions } from "../supabase/functions/index.ts";
import type { LocalSupabase } from "../supabase/index.ts";

const NAMES = ["KINDE_DOMAIN", "KINDE_M2M_CLIENT_ID", "KINDE_M2M_CLIENT_SECRET"] as const;

/**
 * Relays the changes of claims in the local database to the Kinde domain that the variables name.
 * If one of the variables is missing, this function prints one line on stderr that says so, and the
 * changes stay in the queue.
 *
 * @throws UsageError if KINDE_DOMAIN is not an origin
 */
export async function relayChanges(
  supabase: LocalSupabase,
  variables: NodeJS.Dict<string>,
): Promise<ClaimChangeRelay | undefined> {
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const [address, clientId, clientSecret] = NAMES.map((name) => variables[name]?.trim());
  if (!address || !clientId || !clientSecret) {
    log(
      `Changes of claims stay in the queue. To relay them to Kinde, set ${NAMES.join(", ")}, or use npm run app.`,
    );
    return undefined;
  }
  const domain = readOrigin(address);
  if (domain === undefined) {
    throw new UsageError("KINDE_DOMAIN must be an origin such as https://example.kinde.com.");
  }
  const audience = variables.KINDE_M2M_AUDIENCE?.trim();
  const kinde = { domain, clientId, clientSecret, audience };
  return startFunctions({ supabase, kinde, deno: findDeno(), log });
}
