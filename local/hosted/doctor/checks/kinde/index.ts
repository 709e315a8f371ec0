import type { Check } from "../../check.ts";
import {
  applicationCheck,
  callbackUrlCheck,
  logoutUrlCheck,
  tokenLifetimeCheck,
} from "./application.ts";
import { discoveryCheck, keysCheck } from "./discovery.ts";
import { credentialsCheck, scopesCheck } from "./machineApplication.ts";
import { permissionCheck } from "./permission.ts";
import { reachableCheck } from "./reachable.ts";
import {
  keyVariableCheck,
  roleVariableCheck,
  storedKeyCheck,
  urlVariableCheck,
} from "./variables.ts";
import { webhookCheck, webhookEndpointCheck } from "./webhook.ts";

export const KINDE_CHECKS: readonly Check[] = [
  reachableCheck,
  discoveryCheck,
  keysCheck,
  credentialsCheck,
  scopesCheck,
  urlVariableCheck,
  keyVariableCheck,
  storedKeyCheck,
  roleVariableCheck,
  permissionCheck,
  applicationCheck,
  callbackUrlCheck,
  logoutUrlCheck,
  tokenLifetimeCheck,
  webhookCheck,
  webhookEndpointCheck,
];
