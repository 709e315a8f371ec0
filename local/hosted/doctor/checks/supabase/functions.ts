import { KINDE, SUPABASE } from "../../../setup/step.ts";
import { readFunctionSecrets } from "../../../setup/steps/functionSecrets.ts";
import { readFunctions } from "../../../setup/steps/functions.ts";
import { readSecretDigests } from "../../../setup/steps/secretDigests.ts";
import { type Check, failedUntilSetup, ok, unknown } from "../../check.ts";
import { remember } from "../../remember.ts";

export const functionsCheck: Check = {
  code: "SUPABASE_FUNCTIONS",
  title: "Edge functions",
  why: "Without them, new users get no row, and changes of claims are not reported to Kinde.",
  needs: SUPABASE,
  uses: ["supabase"],
  async examine(world) {
    const { missing, wrong, names } = await remember(world, readFunctions);
    if (missing.length > 0) return failedUntilSetup(`not deployed: ${missing.join(", ")}`);
    const problems = wrong.map(({ slug, status, verify_jwt }) =>
      verify_jwt ? `${slug} has verify_jwt on, unlike config.toml` : `${slug} is ${status}`,
    );
    if (problems.length > 0) return failedUntilSetup(problems.join(", "));
    return ok(`${names.join(", ")} are active`);
  },
};

export const functionSourcesCheck: Check = {
  code: "SUPABASE_FUNCTION_SOURCES",
  title: "Sources of the edge functions",
  why: "The functions run other code than this repository has.",
  needs: SUPABASE,
  uses: ["supabase"],
  async examine(world) {
    const { missing, isCurrent } = await remember(world, readFunctions);
    if (missing.length > 0) return unknown("not all are deployed, see SUPABASE_FUNCTIONS");
    return isCurrent
      ? ok("as in this repository")
      : failedUntilSetup("they changed since the last deployment by npm run setup");
  },
};

export const functionSecretsCheck: Check = {
  code: "SUPABASE_FUNCTION_SECRETS",
  title: "Secrets of the edge functions",
  why: "A function without its settings answers every request with 500, and a function with wrong settings cannot reach Kinde.",
  needs: [...SUPABASE, ...KINDE],
  uses: ["supabase"],
  async examine(world) {
    const { missing, different } = await remember(world, readFunctionSecrets);
    const problems = [
      missing.length > 0 ? `missing: ${missing.join(", ")}` : [],
      different.length > 0 ? `another value: ${different.join(", ")}` : [],
    ].flat();
    if (problems.length > 0) return failedUntilSetup(problems.join("; "));
    const { isComparable } = await remember(world, readSecretDigests);
    return ok(
      isComparable
        ? "all are there, with the expected values"
        : "all are there; Supabase does not show whether they have the expected values",
    );
  },
};
