import { z } from "zod";
import { formatAge } from "../../../../command/formatAge.ts";
import { SUPABASE } from "../../../setup/step.ts";
import { readWakeUp, refreshClaimsUrl } from "../../../setup/steps/wakeUp.ts";
import { sha256 } from "../../../sha256.ts";
import { supabaseOf } from "../../../world.ts";
import { type Check, failedUntilSetup, ok, unknown } from "../../check.ts";
import { remember } from "../../remember.ts";

const about = { needs: SUPABASE, uses: ["supabase"] } as const;

export const vaultCheck: Check = {
  code: "SUPABASE_VAULT",
  title: "Vault entries for waking up refresh-claims",
  why: "The database cannot call the function, so changes of claims wait until npx kinde-claims relay runs somewhere.",
  ...about,
  needs: [...SUPABASE, "SUPABASE_URL"],
  async examine(world) {
    const { url, secret } = await remember(world, readWakeUp);
    const missing = [url ? [] : "refresh_claims_url", secret ? [] : "refresh_claims_secret"].flat();
    if (missing.length > 0) return failedUntilSetup(`missing: ${missing.join(", ")}`);
    if (url?.digest === sha256(refreshClaimsUrl(world))) {
      return ok("refresh_claims_url, refresh_claims_secret");
    }
    return failedUntilSetup("refresh_claims_url is not the address of this project's function");
  },
};

/**
 * pg_net keeps answers for some hours, without their addresses. Ours are recognized by their text.
 */
const LAST_ANSWER = `select status_code as status, extract(epoch from clock_timestamp() - created)::int as seconds,
  case when content like '%x-refresh-claims-secret%' then 'secret'
    when content like '%The function is not set up%' then 'settings'
    when content like '%Requested function was not found%' then 'missing'
    else 'relay' end as meaning
from net._http_response
where content like '%x-refresh-claims-secret%' or content like '%The function is not set up%'
  or content like '%Requested function was not found%' or content like '%"batches":%"notified":%'
order by created desc, id desc limit 1`;
const answer = z.object({
  status: z.number().nullable(),
  seconds: z.number(),
  meaning: z.enum(["secret", "settings", "missing", "relay"]),
});
const HAS_ANSWERS = "select to_regclass('net._http_response') is not null as has_answers";

const PROBLEMS = {
  secret: "the function refused the secret of the Vault",
  settings: "the function lacks a setting, which its log names",
  missing: "the function was not found",
} as const;

export const wakeUpCheck: Check = {
  code: "SUPABASE_WAKE_UP",
  title: "Last answer to a wake-up",
  why: "If wake-ups fail, the messages stay in the queue, and their users keep old claims.",
  ...about,
  async examine(world) {
    const supabase = supabaseOf(world);
    const [found] = await supabase.query(z.object({ has_answers: z.boolean() }), HAS_ANSWERS);
    if (!found?.has_answers) return unknown("there is no pg_net, see SUPABASE_EXTENSIONS");
    const [last] = await supabase.query(answer, LAST_ANSWER);
    if (last === undefined) return ok("none in the last hours: nothing changed");
    const { status, seconds, meaning } = last;
    const seen = `${status ?? "none"}, ${formatAge(Math.max(seconds, 0))} ago`;
    if (meaning === "relay") return ok(seen);
    return failedUntilSetup(`${seen}: ${PROBLEMS[meaning]}`);
  },
};
