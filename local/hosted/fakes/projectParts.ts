import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { ApiKeyResponse, FunctionResponse } from "supabase-management-js";

export function newKey(
  about: Partial<ApiKeyResponse>,
  api_key = `sb_${about.type}_${randomBytes(16).toString("hex")}`,
): ApiKeyResponse {
  const now = new Date().toISOString();
  const times = { inserted_at: now, updated_at: now };
  return {
    id: randomUUID(),
    name: "default",
    prefix: api_key.slice(0, 15),
    ...about,
    api_key,
    ...times,
  };
}

/** Secret keys are masked unless they are asked for. */
export function shown(key: ApiKeyResponse, reveal: unknown): ApiKeyResponse {
  if (reveal === true || key.type === "publishable") return key;
  return { ...key, api_key: `${key.prefix}··········` };
}

export function newFunction(slug: string, version: number, verify_jwt: boolean): FunctionResponse {
  const now = Date.now();
  return {
    id: slug,
    slug,
    name: slug,
    status: "ACTIVE",
    version,
    verify_jwt,
    created_at: now,
    updated_at: now,
  };
}

export async function filesIn(form: FormData): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const file of form.getAll("file")) {
    if (typeof file !== "string") files.set(file.name, await file.text());
  }
  return files;
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The public keys of an issuer, which Supabase reads when the integration is made. */
export async function keysOf(issuer: string | null | undefined): Promise<unknown> {
  const answer = await fetch(`${issuer}/.well-known/jwks.json`).catch(() => undefined);
  return answer?.ok ? await answer.json() : { keys: [] };
}
