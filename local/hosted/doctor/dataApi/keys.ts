import { HostedApiError } from "../../clients/HostedApiError.ts";
import type { HostedSettings } from "../../settings.ts";
import { SUPABASE } from "../../setup/step.ts";
import { readWorkflowKey } from "../../setup/steps/workflowKey.ts";
import { supabaseOf, type World } from "../../world.ts";
import { type Examination, unknown } from "../check.ts";
import { remember } from "../remember.ts";

/** The headers that open the Data API. */
export type KeyHeaders = Readonly<Record<string, string>>;

/**
 * The headers with the workflow's key: the setting, or what Supabase reveals to the access token.
 * Undefined if there is no such key.
 */
export async function workflowHeaders(world: World): Promise<KeyHeaders | undefined> {
  const key = world.settings.SUPABASE_SECRET_KEY ?? (await remember(world, revealWorkflowKey));
  if (key === undefined) return undefined;
  if (key.startsWith("sb_")) return { apikey: key };
  // A JWT needs another key beside it, as in the workflow.
  const publishable = await remember(world, readPublishableKey);
  return { apikey: publishable ?? key, authorization: `Bearer ${key}` };
}

async function revealWorkflowKey(world: World): Promise<string | undefined> {
  const { key } = await remember(world, readWorkflowKey);
  if (!key?.id) return undefined;
  return (await supabaseOf(world).revealApiKey(key.id)).api_key ?? undefined;
}

/** The key that browsers have. Requests with it run as the role anon. */
export async function anonHeaders(world: World): Promise<KeyHeaders | undefined> {
  const key = await remember(world, readPublishableKey);
  return key === undefined ? undefined : { apikey: key };
}

async function readPublishableKey(world: World): Promise<string | undefined> {
  const { SUPABASE_PUBLISHABLE_KEY } = world.settings;
  if (SUPABASE_PUBLISHABLE_KEY !== undefined || !world.supabase) return SUPABASE_PUBLISHABLE_KEY;
  const keys = await supabaseOf(world).apiKeys();
  return keys.find(({ type }) => type === "publishable")?.api_key ?? undefined;
}

/**
 * Runs a check that needs a key. Without the key, its result is unknown.
 *
 * @param missing says why there may be no key
 */
export async function withKey(
  world: World,
  readHeaders: (world: World) => Promise<KeyHeaders | undefined>,
  missing: string,
  examine: (headers: KeyHeaders) => Promise<Examination>,
): Promise<Examination> {
  const headers = await unlessRefused(() => readHeaders(world));
  if (headers === "refused") return unknown("Supabase did not show the key, see SUPABASE_ACCESS");
  return headers === undefined ? unknown(missing) : await examine(headers);
}

/**
 * The headers with the workflow's key if there is one, to ask whether the Data API answers. Without
 * a key, the gateway still answers.
 */
export async function anyKey(world: World): Promise<KeyHeaders> {
  const hasKey = world.supabase ?? world.settings.SUPABASE_SECRET_KEY;
  if (hasKey === undefined) return {};
  const headers = await unlessRefused(() => workflowHeaders(world));
  return headers === "refused" ? {} : (headers ?? {});
}

/** Another check reports why the management API refuses the request. */
async function unlessRefused<T>(read: () => Promise<T>): Promise<T | "refused"> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof HostedApiError) return "refused";
    throw error;
  }
}

/**
 * Why a check that needs a key is left out: the settings hold neither the key nor an access token.
 */
export function leftOutWithout(name: "SUPABASE_SECRET_KEY" | "SUPABASE_PUBLISHABLE_KEY") {
  return (settings: HostedSettings): string | undefined => {
    const hasToken = SUPABASE.every((setting) => settings[setting] !== undefined);
    if (settings[name] !== undefined || hasToken) return undefined;
    return `needs ${name}, or ${SUPABASE.join(" and ")}`;
  };
}
