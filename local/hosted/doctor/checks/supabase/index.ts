import type { Check } from "../../check.ts";
import { projectCheck } from "./project.ts";

export const SUPABASE_CHECKS: readonly Check[] = [projectCheck];
