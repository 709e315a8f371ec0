import type { Kinde } from "../createKinde.ts";
import { buildEvent } from "../events/buildEvent.ts";
import type { RunOptions, TokenClaims } from "../types.ts";
import { faultyFetch } from "./faults.ts";
import { readNetwork } from "./networkFlags.ts";
import { applyOverrides, readUnknowns } from "./overrides.ts";
import { readJsonObject } from "./readInput.ts";

/** The options of `kinde-local run`, as commander gives them. */
export interface RunFlags {
  project: string;
  user?: string;
  origin?: "sign-in" | "refresh";
  org?: string;
  client?: string;
  event?: string;
  override?: string[];
  envFile?: string[];
  claims?: string;
  fault?: string;
  answer?: string[];
  kindeApi?: string | true;
  network?: boolean;
  record?: string;
  replay?: string;
  limit?: number;
  set?: string[];
  repeat?: number;
  json?: boolean;
  watch?: boolean;
  inspect?: string | true;
}

/** What the options ask for. Files are read anew each time, because `--watch` watches them too. */
export async function readOptions(
  kinde: Kinde,
  workflow: string | undefined,
  flags: RunFlags,
): Promise<RunOptions> {
  const options: RunOptions = { unknowns: readUnknowns(flags.set ?? []) };
  if (workflow !== undefined) options.workflow = workflow;
  if (flags.user !== undefined) options.user = flags.user;
  if (flags.origin)
    options.origin = flags.origin === "refresh" ? "refresh_token_request" : "authorization_request";
  if (flags.org !== undefined) options.org = flags.org === "none" ? null : flags.org;
  if (flags.client !== undefined) options.client = flags.client;
  if (flags.limit !== undefined) options.limits = { timeMs: flags.limit };
  if (flags.fault !== undefined) options.fetch = faultyFetch(flags.fault);
  Object.assign(options, readNetwork(flags));
  if (flags.claims !== undefined)
    options.claims = splitTokens(readJsonObject(flags.claims, "--claims"));
  if (flags.event !== undefined) options.event = readJsonObject(flags.event, "--event");
  if (flags.override) options.event = await overridden(kinde, options, flags.override);
  return options;
}

/** Overrides are put into the event as it would be without them. */
async function overridden(kinde: Kinde, options: RunOptions, overrides: string[]): Promise<object> {
  const all = await kinde.workflows();
  const chosen =
    all.find(({ id, file }) => id === options.workflow || file === options.workflow) ?? all[0];
  const event = buildEvent(chosen?.trigger ?? "", options);
  applyOverrides(event, overrides);
  return event;
}

/** Claims of the access token alone, or of each token by its name. */
function splitTokens(given: Record<string, unknown>): NonNullable<RunOptions["claims"]> {
  const names = ["accessToken", "idToken", "m2mToken"];
  const isByToken = Object.keys(given).every((name) => names.includes(name));
  return isByToken ? (given as Record<string, object>) : { accessToken: given };
}

export function claimsBefore({ claims }: RunOptions): TokenClaims {
  return { accessToken: {}, idToken: {}, m2mToken: {}, ...(claims as Partial<TokenClaims>) };
}
