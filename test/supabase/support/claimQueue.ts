import type { LocalSupabase } from "../../../local/supabase/index.ts";

/** A message, as take_claim_changes and wait_for_claim_changes return it. */
export interface ClaimChangeRow {
  readonly message_id: number;
  readonly kinde_id: string;
  readonly attempts: number;
  readonly queued_at: string;
}

/** Calls a function of the queue through the Data API, with the secret key. */
export async function callQueue<Answer>(
  supabase: LocalSupabase,
  name: string,
  body: object = {},
): Promise<Answer> {
  const response = await fetch(`${supabase.url}/rest/v1/rpc/${name}`, {
    method: "POST",
    headers: { apikey: supabase.secretKey, "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${name}: ${response.status} ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}
