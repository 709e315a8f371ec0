import { type HostedApiCode, HostedApiError } from "./clients/HostedApiError.ts";

/** Failures of a whole vendor: the next request would fail in the same way. */
const VENDOR_WIDE: readonly HostedApiCode[] = [
  "UNAUTHORIZED",
  "UNREACHABLE",
  "TIMEOUT",
  "RATE_LIMITED",
];

/** The vendor, if the error means that its management API cannot be used at all. */
export function unavailableVendor(error: unknown): "supabase" | "kinde" | undefined {
  if (!(error instanceof HostedApiError && VENDOR_WIDE.includes(error.code))) return undefined;
  return error.vendor === "Supabase" ? "supabase" : "kinde";
}
