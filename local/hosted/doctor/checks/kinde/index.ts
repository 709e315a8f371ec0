import type { Check } from "../../check.ts";
import { permissionCheck } from "./permission.ts";

export const KINDE_CHECKS: readonly Check[] = [permissionCheck];
