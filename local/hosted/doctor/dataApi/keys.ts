import type { HostedSettings } from "../../settings.ts";
import { SUPABASE } from "../../setup/step.ts";
import { readWorkflowKey } from "../../setup/steps/workflowKey.ts";
import { supabaseOf, type World } from "../../world.ts";
import { remember } from "../remember.ts";

/** The headers that open the Data API. */
export type KeyHeaders = Readonly<Record<string, string>>;

/**
 * The workflow's key: the setting, or what Supabase reveals to the access token. Undefined if there is
 * no such key.
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

/** The key that browsers have. It stands for the role anon. */
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

/** Why a check is left out that needs a key: neither the key nor an access token is in the settings. */
export function leftOutWithout(name: "SUPABASE_SECRET_KEY" | "SUPABASE_PUBLISHABLE_KEY") {
  return (settings: HostedSettings): string | undefined => {
    const hasToken = SUPABASE.every((setting) => settings[setting] !== undefined);
    if (settings[name] !== undefined || hasToken) return undefined;
    return `needs ${name}, or ${SUPABASE.join(" and ")}`;
  };
}
