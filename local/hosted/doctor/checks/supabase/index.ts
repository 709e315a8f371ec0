import type { Check } from "../../check.ts";
import { ACCESS_CHECKS } from "./access.ts";
import { advisorsCheck } from "./advisors.ts";
import { anonReadsCheck, anonWritesCheck } from "./anon.ts";
import { dataApiCheck, exposedSchemasCheck } from "./dataApi.ts";
import { extensionsCheck } from "./extensions.ts";
import {
  kindeWebhookCheck,
  refreshClaimsCheck,
  refreshClaimsSecretCheck,
} from "./functionAnswers.ts";
import { functionSecretsCheck, functionSourcesCheck, functionsCheck } from "./functions.ts";
import { keyRightsCheck } from "./keyRights.ts";
import { migrationsCheck } from "./migrations.ts";
import { accessCheck, projectCheck } from "./project.ts";
import { deadCheck, queueCheck, waitingCheck } from "./queue.ts";
import { reachableCheck } from "./reachable.ts";
import { duplicatesCheck, idsCheck } from "./rows.ts";
import { SCHEMA_CHECKS } from "./schema.ts";
import { sweepJobCheck, sweepRunCheck } from "./sweep.ts";
import { vaultCheck, wakeUpCheck } from "./wakeUp.ts";
import { keyReadsCheck, workflowKeyCheck } from "./workflowKey.ts";

/**
 * In the order of the report. When a gate (`isGate`) fails, the later checks that use the same
 * place (`uses`) are not run.
 */
export const SUPABASE_CHECKS: readonly Check[] = [
  accessCheck,
  projectCheck,
  reachableCheck,
  migrationsCheck,
  exposedSchemasCheck,
  dataApiCheck,
  ...SCHEMA_CHECKS,
  duplicatesCheck,
  idsCheck,
  ...ACCESS_CHECKS,
  advisorsCheck,
  workflowKeyCheck,
  keyReadsCheck,
  keyRightsCheck,
  anonReadsCheck,
  anonWritesCheck,
  extensionsCheck,
  queueCheck,
  waitingCheck,
  deadCheck,
  sweepJobCheck,
  sweepRunCheck,
  vaultCheck,
  wakeUpCheck,
  functionsCheck,
  functionSourcesCheck,
  functionSecretsCheck,
  refreshClaimsCheck,
  refreshClaimsSecretCheck,
  kindeWebhookCheck,
];
