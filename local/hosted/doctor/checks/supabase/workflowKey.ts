import { SUPABASE } from "../../../setup/step.ts";
import { readWorkflowKey, WORKFLOW_ROLE } from "../../../setup/steps/workflowKey.ts";
import type { World } from "../../../world.ts";
import { callProject, describeAnswer } from "../../callProject.ts";
import { type Check, failed, failedUntilSetup, ok, unknown } from "../../check.ts";
import { leftOutWithout, workflowHeaders } from "../../dataApi/keys.ts";
import { remember } from "../../remember.ts";
import { READABLE_COLUMNS } from "../../schema/columns.ts";

const why = "Kinde cannot read any profile with this key, so every user's claims are false.";

export const workflowKeyCheck: Check = {
  code: "SUPABASE_WORKFLOW_KEY",
  title: `Secret key of the role ${WORKFLOW_ROLE}`,
  why: "With another key, whoever gets hold of the workflow's key can read and write every table.",
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
  async examine(world) {
    const answer = await remember(world, readWithKey);
    if (answer === undefined) return unknown("there is no key: SUPABASE_WORKFLOW_KEY");
    if (answer.status < 300) return ok(`it reads ${READABLE_COLUMNS.join(", ")}`);
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
  },
};

/** Reads one row at most, as the workflow does. */
export async function readWithKey(world: World) {
  const headers = await workflowHeaders(world);
  if (headers === undefined) return undefined;
  const path = `/rest/v1/profiles?select=${READABLE_COLUMNS.join(",")}&limit=1`;
  return await callProject(world, path, { headers });
}
