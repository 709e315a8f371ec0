import type { Step } from "../step.ts";
import { callbackUrlStep, logoutUrlStep } from "./appUrls.ts";
import { claimChangesStep } from "./claimChanges.ts";
import { dataApiStep } from "./dataApi.ts";
import { extensionsStep } from "./extensions.ts";
import { functionSecretsStep } from "./functionSecrets.ts";
import { functionsStep } from "./functions.ts";
import { migrationsStep } from "./migrations.ts";
import { permissionStep } from "./permission.ts";
import { projectStep } from "./project.ts";
import { scopesStep } from "./scopes.ts";
import { secretVariableStep } from "./secretVariable.ts";
import { thirdPartyAuthStep } from "./thirdPartyAuth.ts";
import { tokenLifetimeStep } from "./tokenLifetime.ts";
import { roleVariableStep, urlVariableStep } from "./variables.ts";
import { wakeUpStep } from "./wakeUp.ts";
import { webhookStep } from "./webhook.ts";
import { workflowKeyStep } from "./workflowKey.ts";

/** Everything that the set-up takes care of, in the order in which it is applied. */
export const STEPS: readonly Step[] = [
  projectStep,
  migrationsStep,
  dataApiStep,
  workflowKeyStep,
  extensionsStep,
  wakeUpStep,
  functionSecretsStep,
  functionsStep,
  claimChangesStep,
  thirdPartyAuthStep,
  scopesStep,
  urlVariableStep,
  secretVariableStep,
  roleVariableStep,
  permissionStep,
  callbackUrlStep,
  logoutUrlStep,
  tokenLifetimeStep,
  webhookStep,
];
