import type { Check } from "../../check.ts";
import { clockCheck } from "./clock.ts";
import { thirdPartyAuthCheck, thirdPartyKeysCheck } from "./thirdPartyAuth.ts";
import { infrastructureCheck, nodeCheck } from "./versions.ts";
import { liveCheck, pushedCheck, workflowCheck } from "./workflow.ts";

/** The checks about both vendors or the user's own machine. */
export const COMMON_CHECKS: readonly Check[] = [
  thirdPartyAuthCheck,
  thirdPartyKeysCheck,
  clockCheck,
  workflowCheck,
  pushedCheck,
  liveCheck,
  nodeCheck,
  infrastructureCheck,
];
