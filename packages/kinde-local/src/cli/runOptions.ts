import type { Kinde } from "../createKinde.ts";
import { buildEvent } from "../events/buildEvent.ts";
import { checkEvent } from "../events/checkEvent.ts";
import { workflowsNamed } from "../project/chooseWorkflow.ts";
import type { RunOptions, TokenClaims } from "../types.ts";
import { faultyFetch } from "./faults.ts";
import { readNetwork } from "./networkFlags.ts";
import { applyOverrides, readUnknowns } from "./overrides.ts";
import { readJsonObject } from "./readInput.ts";

/** The options of `kinde-local run`, as commander returns them. */
export interface RunFlags {
  project: string;
  user?: string;
  origin?: "sign-in" | "refresh";
  org?: string;
  client?: string;
  event?: string;
  override?: string[];
  env?: string[];
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

/**
 * Reads the options of a run, and the files that they name. `--watch` calls this again for each
 * run, because the files may have changed.
 */
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
  if (flags.event !== undefined || flags.override)
    options.event = await completeEvent(kinde, options, flags);
  return options;
}

/**
 * Applies the overrides to the event, and checks the result against the shape of the trigger's
 * events.
 */
async function completeEvent(
  kinde: Kinde,
  options: RunOptions,
  { event: file, override = [] }: RunFlags,
): Promise<object> {
  const trigger = await triggerOf(kinde, options.workflow);
  const source = file === undefined ? "The event" : `The event of ${nameOf(file)}`;
  const event = buildEvent(trigger, options, source);
  applyOverrides(event, override, trigger);
  checkEvent(trigger, event, source);
  return event;
}

/**
 * Returns the trigger of a workflow. Empty if no workflow or more than one is meant, or if the
 * trigger could not be read: then the run reports why.
 */
async function triggerOf(kinde: Kinde, name: string | undefined): Promise<string> {
  const all = await kinde.workflows();
  const meant = name === undefined ? all : workflowsNamed(all, name);
  return meant.length === 1 ? (meant[0]?.trigger ?? "") : "";
}

function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

/** Reads claims of the access token alone, or of each token by its name. */
function splitTokens(given: Record<string, unknown>): NonNullable<RunOptions["claims"]> {
  const names = ["accessToken", "idToken", "m2mToken"];
  const isByToken = Object.keys(given).every((name) => names.includes(name));
  return isByToken ? (given as Record<string, object>) : { accessToken: given };
}

export function claimsBefore({ claims }: RunOptions): TokenClaims {
  return { accessToken: {}, idToken: {}, m2mToken: {}, ...(claims as Partial<TokenClaims>) };
}
