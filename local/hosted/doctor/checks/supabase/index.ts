import type { Check } from "../../check.ts";
import { dnsCheck, tlsCheck } from "./network.ts";
import { projectCheck } from "./project.ts";

/** Gates first: when one fails, the checks that need the same place wait. */
export const SUPABASE_CHECKS: readonly Check[] = [projectCheck, dnsCheck, tlsCheck];
