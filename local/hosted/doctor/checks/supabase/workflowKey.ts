import { SUPABASE } from "../../../setup/step.ts";
import { readWorkflowKey, WORKFLOW_ROLE } from "../../../setup/steps/workflowKey.ts";
import type { World } from "../../../world.ts";
import { callProject, describeAnswer, type ProjectAnswer } from "../../callProject.ts";
import { type Check, type Examination, failed, failedUntilSetup, ok } from "../../check.ts";
import { type KeyHeaders, leftOutWithout, withKey, workflowHeaders } from "../../dataApi/keys.ts";
import { remember } from "../../remember.ts";
import { READABLE_COLUMNS } from "../../schema/columns.ts";

const why = "Kinde cannot read any profile with this key, so every user's claims are false.";

/** Why there may be no key to try. */
export const NO_WORKFLOW_KEY = "there is no key, see SUPABASE_WORKFLOW_KEY";

export const workflowKeyCheck: Check = {
  code: "SUPABASE_WORKFLOW_KEY",
  title: `Secret key of the role ${WORKFLOW_ROLE}`,
  why: "If another key is used and a person gets it, that person can read and write every table.",
  needs: SUPABASE,
  uses: ["supabase"],
  async examine(world) {
    const { key, isNameTaken } = await remember(world, readWorkflowKey);
    if (key) return ok(`the key ${key.name}`);
    if (isNameTaken) {
      return failed(
        `the secret key ${WORKFLOW_ROLE} has another role`,
        "Rename or delete it in the dashboard, under Project settings > API keys, then run npm run setup with --apply.",
      );
    }
    const jwt = world.settings.SUPABASE_SECRET_KEY;
    if (jwt !== undefined && !jwt.startsWith("sb_"))
      return ok("none, but SUPABASE_SECRET_KEY is a JWT");
    return failedUntilSetup("there is no such key");
  },
};

export const keyReadsCheck: Check = {
  code: "SUPABASE_KEY_READS",
  title: "The workflow's key reads the claims",
  why,
  needs: ["SUPABASE_URL"],
  leftOut: leftOutWithout("SUPABASE_SECRET_KEY"),
  uses: ["dataApi"],
  examine: (world) =>
    withKey(world, workflowHeaders, NO_WORKFLOW_KEY, async (headers) => {
      const answer = await readClaims(world, headers);
      return answer.status < 300 ? ok(`it reads ${READABLE_COLUMNS.join(", ")}`) : refused(answer);
    }),
};

function refused(answer: ProjectAnswer): Examination {
  const seen = `the Data API answers ${describeAnswer(answer)}`;
  if (answer.code === "42501") {
    return failed(
      `${seen}: its role may not read the columns`,
      `Use a key of the role ${WORKFLOW_ROLE}; if it is one, see SUPABASE_GRANTS.`,
    );
  }
  if (answer.status === 401) {
    return failed(
      `${seen}: the key was deleted, has expired, or is of another project`,
      "Put the key of this project (Project settings > API keys) into SUPABASE_SECRET_KEY, here and in Kinde.",
    );
  }
  return failed(seen, "Compare the columns with the migrations: SUPABASE_COLUMNS.");
}

/** Reads the columns that the workflow reads, of one row at most. */
export function readClaims(world: World, headers: KeyHeaders): Promise<ProjectAnswer> {
  const path = `/rest/v1/profiles?select=${READABLE_COLUMNS.join(",")}&limit=1`;
  return callProject(world, path, { headers });
}
