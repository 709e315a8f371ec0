/** Whether a value has the form of a Kinde user id: `kp_…`, or `kp:…` in older tenants. */
export function isUserId(value: unknown): value is string {
  return typeof value === "string" && /^kp[_:][\w-]{1,125}$/.test(value);
}
