/** Whether a key of Supabase gives access to every row: a secret key or a `service_role` key. */
export function isSecretKey(key: string): boolean {
  return key.startsWith("sb_secret_") || roleOf(key) === "service_role";
}

/** Returns the role of an older key. These keys are JWTs that name a role. */
function roleOf(key: string): unknown {
  try {
    const payload = (key.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return (JSON.parse(atob(payload)) as { role?: unknown }).role;
  } catch {
    return undefined;
  }
}
