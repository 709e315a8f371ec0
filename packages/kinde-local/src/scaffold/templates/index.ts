import type { Trigger } from "../../events/sampleEvents.ts";
import { PASSWORDS } from "./passwords.ts";
import { PLANS } from "./plans.ts";
import { SIGN_IN } from "./signIn.ts";
import type { Template } from "./Template.ts";
import { TOKENS } from "./tokens.ts";

/** One template for every trigger. */
export const TEMPLATES: { readonly [T in Trigger]: Template } = {
  ...TOKENS,
  ...SIGN_IN,
  ...PASSWORDS,
  ...PLANS,
};

export const TRIGGERS = Object.keys(TEMPLATES) as readonly Trigger[];
