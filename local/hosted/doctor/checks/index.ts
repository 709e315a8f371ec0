import type { Check } from "../check.ts";
import { COMMON_CHECKS } from "./common/index.ts";
import { KINDE_CHECKS } from "./kinde/index.ts";
import { SUPABASE_CHECKS } from "./supabase/index.ts";

/** Everything that the doctor checks, in the order of its report. */
export const CHECKS: readonly Check[] = [...SUPABASE_CHECKS, ...KINDE_CHECKS, ...COMMON_CHECKS];
