import type { HostedSettings } from "../../../settings.ts";
import { SUPABASE } from "../../../setup/step.ts";
import { revealWakeUpSecret } from "../../../setup/steps/wakeUp.ts";
import { callProject, describeAnswer, type ProjectAnswer } from "../../callProject.ts";
import {
  type Check,
  type Examination,
  failed,
  failedUntilSetup,
  ok,
  unknown,
} from "../../check.ts";
import { remember } from "../../remember.ts";
import { readPending } from "./queue.ts";

const PATH = "/functions/v1/refresh-claims";
const SECRET_HEADER = "x-refresh-claims-secret";
const LOG = "its log (Edge Functions > refresh-claims > Logs in the dashboard)";

export const refreshClaimsCheck: Check = {
  code: "SUPABASE_REFRESH_CLAIMS",
  title: "refresh-claims refuses strangers",
  why: "If the function does not answer, changes of claims are not reported to Kinde.",
  needs: ["SUPABASE_URL"],
  uses: ["functions"],
  async examine(world) {
    const answer = await callProject(world, PATH, { method: "POST" });
    if (answer.status === 401 && textOf(answer).includes(SECRET_HEADER))
      return ok("401, as it should");
    if (answer.status === 404 && !world.supabase) {
      return unknown("it is not deployed; a Node worker may relay the changes instead");
    }
    return judge(answer);
  },
};

export const refreshClaimsSecretCheck: Check = {
  code: "SUPABASE_REFRESH_CLAIMS_SECRET",
  title: "refresh-claims accepts the secret of the Vault",
  why: "The database cannot wake the function, so changes of claims wait in the queue.",
  needs: ["SUPABASE_URL", ...SUPABASE],
  uses: ["supabase", "functions"],
  async examine(world) {
    const pending = await remember(world, readPending);
    if (pending === undefined) return unknown("there is no queue, see SUPABASE_QUEUE");
    // With messages in the queue, the call would do their work.
    const number = pending.waiting + pending.hidden;
    if (number > 0)
      return unknown(`not tried, since ${number} messages wait: see SUPABASE_WAKE_UP`);
    const secret = await revealWakeUpSecret(world);
    if (secret === undefined) return unknown("there is no secret, see SUPABASE_VAULT");
    const answer = await callProject(world, PATH, {
      method: "POST",
      headers: { [SECRET_HEADER]: secret },
    });
    if (answer.status === 401) {
      return failedUntilSetup("401: REFRESH_CLAIMS_SECRET is not the secret of the Vault");
    }
    if (answer.status !== 200) return judge(answer);
    const { failure, stopped } = Object(answer.body) as { failure?: unknown; stopped?: unknown };
    const code = failure ?? stopped;
    if (typeof code !== "string") return ok("200, and the queue was empty");
    return failed(
      `200, but its work stopped: ${code}`,
      `Look at ${LOG}: the last line names the reason.`,
    );
  },
};

/** A JWT that Kinde did not sign. The function has to get Kinde's keys to refuse it. */
const FOREIGN_EVENT = [{ alg: "RS256", kid: "doctor", typ: "JWT" }, {}, {}]
  .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
  .join(".");

export const kindeWebhookCheck: Check = {
  code: "SUPABASE_KINDE_WEBHOOK",
  title: "kinde-webhook refuses what Kinde did not sign",
  why: "If the function does not answer, new users get no row, and deleted users keep theirs.",
  needs: ["SUPABASE_URL"],
  leftOut: ({ WEBHOOK_URL }: HostedSettings) =>
    WEBHOOK_URL === "function" ? undefined : "WEBHOOK_URL is not function",
  uses: ["functions"],
  async examine(world) {
    const answer = await callProject(world, "/functions/v1/kinde-webhook", {
      method: "POST",
      headers: { "content-type": "application/jwt" },
      body: FOREIGN_EVENT,
    });
    if (answer.status === 401 && answer.code === "BAD_SIGNATURE") return ok("401, as it should");
    if (answer.code === "KEY_SET_UNAVAILABLE") {
      return failed(
        "503: the function does not get Kinde's keys",
        "Check KINDE_DOMAIN in the function's secrets, then Kinde's status page.",
      );
    }
    return judge(answer);
  },
};

/** An answer that is not the expected one. */
function judge(answer: ProjectAnswer): Examination {
  const seen = describeAnswer(answer);
  const text = textOf(answer);
  if (answer.status === 404) return failedUntilSetup(`${seen}: it is not deployed`);
  if (text.includes("not set up"))
    return failedUntilSetup(`${seen}: it lacks a setting, which its log names`);
  if (answer.status === 401) {
    return failedUntilSetup(
      `${seen}: Supabase asks for a JWT before the function runs (verify_jwt)`,
    );
  }
  return failed(
    seen,
    `Look at the function's log (Edge Functions in the dashboard), then deploy it again with npm run setup.`,
  );
}

function textOf({ body }: ProjectAnswer): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}
