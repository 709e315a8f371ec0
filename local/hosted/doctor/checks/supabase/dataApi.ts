import { SUPABASE } from "../../../setup/step.ts";
import { readDataApi } from "../../../setup/steps/dataApi.ts";
import { callProject, describeAnswer, type ProjectAnswer } from "../../callProject.ts";
import { type Check, type Examination, failed, failedUntilSetup, ok } from "../../check.ts";
import { anyKey } from "../../dataApi/keys.ts";
import { remember } from "../../remember.ts";

export const exposedSchemasCheck: Check = {
  code: "SUPABASE_EXPOSED_SCHEMAS",
  title: "Schemas of the Data API",
  why: "The Data API answers every lookup with an error, so every user's claims are false.",
  needs: SUPABASE,
  uses: ["supabase"],
  async examine(world) {
    const { schemas } = await remember(world, readDataApi);
    if (schemas.includes("public")) return ok(`it exposes ${schemas.join(", ")}`);
    return failedUntilSetup(
      schemas.length > 0
        ? `only ${schemas.join(", ")} exposed, without public`
        : "the Data API is switched off",
    );
  },
};

export const dataApiCheck: Check = {
  code: "SUPABASE_DATA_API",
  title: "Data API",
  why: "The workflow's lookups fail, so every user's claims are false.",
  needs: ["SUPABASE_URL"],
  uses: ["dataApi"],
  isGate: true,
  async examine(world) {
    const headers = await anyKey(world);
    const path = "/rest/v1/profiles?select=kinde_id&limit=0";
    return judge(await callProject(world, path, { headers }));
  },
};

function judge(answer: ProjectAnswer): Examination {
  const { status, code } = answer;
  const seen = `it answers ${describeAnswer(answer)}`;
  if (status === 402) {
    return failed(
      seen,
      "Supabase restricts the project: see Organization > Billing in its dashboard.",
    );
  }
  if (status === 540) return failed(seen, "The project is paused: restore it in its dashboard.");
  if (code === "PGRST205" || code === "42P01") {
    return failed(
      `${seen}: it does not know public.profiles`,
      "Run npm run setup with --apply; if the table exists, run \"notify pgrst, 'reload schema'\" in the SQL editor.",
    );
  }
  if (status === 404) return failed(seen, "Check SUPABASE_URL: no Data API is at this address.");
  if (status === 503 || code?.startsWith("PGRST00")) {
    return failed(
      `${seen}: it does not reach the database`,
      "Look at the project's health in its dashboard (Reports > Database), and restart the project if the problem remains.",
    );
  }
  if (status >= 500)
    return failed(
      seen,
      "Run the command again; if the problem remains, see https://status.supabase.com.",
    );
  return ok(seen);
}
