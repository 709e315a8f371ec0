import type { ZodType } from "zod";

const TIME_LIMIT_MS = 10_000;

export type Fetched<Value> = { readonly value: Value } | { readonly problem: string };

/** Fetches a public document. It does not throw: it returns the problem in a few words. */
export async function fetchJson<Value>(
  url: string,
  shape: ZodType<Value>,
): Promise<Fetched<Value>> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { accept: "application/json", "user-agent": "kinde-supabase-claims" },
      redirect: "manual",
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
  } catch {
    return { problem: `${url} did not answer` };
  }
  if (!response.ok) {
    await response.body?.cancel();
    return { problem: `${url} answered ${response.status}` };
  }
  const parsed = shape.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return { value: parsed.data };
  const where = parsed.error.issues[0]?.path.join(".");
  return { problem: `${url} is not as documented${where ? ` (${where})` : ""}` };
}
