import { fileURLToPath } from "node:url";
import { createKinde, type Kinde, type Run } from "kinde-local";
import type { LocalSupabase } from "../../local/supabase/index.ts";
import { WrongResult } from "./checks.ts";

const OURS = fileURLToPath(new URL("../..", import.meta.url));
const OTHERS = fileURLToPath(new URL("../workflows/", import.meta.url));

/** The measured workflows. Each runs for one user. */
export interface Workflows {
  ours(user: string): Promise<Run>;
  tutorial(user: string): Promise<Run>;
  requestOnly(user: string): Promise<Run>;
  empty(user: string): Promise<Run>;
  close(): Promise<void>;
}

/** @param url the stack's address, or that of a proxy in front of the stack */
export function openWorkflows(supabase: LocalSupabase, url = supabase.url): Workflows {
  const env = {
    SUPABASE_URL: url,
    SUPABASE_SECRET_KEY: { value: supabase.workflowKey, isSecret: true },
    SUPABASE_ANON_KEY: supabase.anonJwt,
  };
  const opened: Kinde[] = [];
  // Each workflow has its own process, so its runs cannot warm up another workflow.
  const open = (project: string, workflow: string) => {
    const kinde = createKinde({ project, env });
    opened.push(kinde);
    return (user: string) => kinde.run({ workflow, user });
  };
  return {
    ours: open(OURS, "profileClaims"),
    tutorial: open(OTHERS, "tutorial"),
    requestOnly: open(OTHERS, "requestOnly"),
    empty: open(OTHERS, "empty"),
    close: async () => {
      await Promise.all(opened.map((kinde) => kinde.close()));
    },
  };
}

/**
 * The request of our workflow, sent from Node. No workflow can be faster than this.
 *
 * @throws WrongResult if the answer is not exactly the row of that user
 */
export function bareGet(supabase: LocalSupabase, url = supabase.url) {
  const headers = {
    apikey: supabase.workflowKey,
    Accept: "application/json",
    "User-Agent": "kinde-profile-claims",
    "Accept-Encoding": "gzip",
  };
  return async (user: string): Promise<void> => {
    const query = `kinde_id=eq.${user}&select=kinde_id,lifetime_subscriber,profile_complete&limit=2`;
    const response = await fetch(`${url}/rest/v1/profiles?${query}`, { headers });
    const body = await response.text();
    if (!isRowOf(user, body)) {
      throw new WrongResult(`the bare GET got ${response.status} ${body.slice(0, 200)}.`);
    }
  };
}

function isRowOf(user: string, body: string): boolean {
  try {
    const rows = JSON.parse(body) as { kinde_id?: unknown }[];
    return Array.isArray(rows) && rows.length === 1 && rows[0]?.kinde_id === user;
  } catch {
    return false;
  }
}
