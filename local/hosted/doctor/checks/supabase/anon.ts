import { callProject, describeAnswer } from "../../callProject.ts";
import { type Check, failed, ok, unknown, warning } from "../../check.ts";
import { FORBIDDEN_FOR_ANON, tryAll } from "../../dataApi/attempts.ts";
import { anonHeaders, leftOutWithout, withKey } from "../../dataApi/keys.ts";

const about = {
  needs: ["SUPABASE_URL"],
  leftOut: leftOutWithout("SUPABASE_PUBLISHABLE_KEY"),
  uses: ["dataApi"],
} as const;
const REVOKE =
  "In the SQL editor: revoke all on public.profiles from anon, public; then see SUPABASE_GRANTS and SUPABASE_RLS.";
const NO_KEY = "the project has no publishable key: make one under Project settings > API keys";

export const anonReadsCheck: Check = {
  code: "SUPABASE_ANON_READS",
  title: "Visitors read no profile",
  why: "Everybody on the internet can read the profiles: the publishable key is in the app's pages.",
  ...about,
  examine: (world) =>
    withKey(world, anonHeaders, NO_KEY, async (headers) => {
      const path = "/rest/v1/profiles?select=kinde_id&limit=1";
      const answer = await callProject(world, path, { headers });
      if (answer.code === "42501" || answer.status === 404) return ok("refused");
      if (answer.status >= 300) return unknown(`the Data API answers ${describeAnswer(answer)}`);
      const rows = Array.isArray(answer.body) ? answer.body.length : 0;
      return rows > 0
        ? failed("it returned a row", REVOKE)
        : warning("it may read the table, but got no row", REVOKE);
    }),
};

export const anonWritesCheck: Check = {
  code: "SUPABASE_ANON_WRITES",
  title: "Visitors write no profile",
  why: "Everybody on the internet has the right to change profiles, and only a policy can still refuse it.",
  ...about,
  examine: (world) =>
    withKey(world, anonHeaders, NO_KEY, async (headers) => {
      const { allowed, unclear } = await tryAll(world, headers, FORBIDDEN_FOR_ANON);
      if (allowed.length > 0) return failed(`the role anon may ${allowed.join(", ")}`, REVOKE);
      if (unclear.length > 0) return unknown(`could not be tried: ${unclear.join(", ")}`);
      return ok(`${FORBIDDEN_FOR_ANON.length} attempts were refused`);
    }),
};
