import { createManagementClient } from "kinde-claims";
import { createRelay, type DrainReport } from "kinde-claims/relay";
import { createSupabaseQueue } from "kinde-claims/supabase";
import { answerJson } from "../_shared/answerJson.ts";
import { type Handler, handleWithSettings } from "../_shared/handleWithSettings.ts";
import { readKindeDomain } from "../_shared/readKindeDomain.ts";
import { readProject } from "../_shared/readProject.ts";
import { type ReadVariable, readSetting } from "../_shared/readSetting.ts";
import { SettingError } from "../_shared/SettingError.ts";
import { isSameSecret } from "./isSameSecret.ts";
import { shareRuns } from "./shareRuns.ts";

const NAME = "refresh-claims";
const MIN_SECRET_LENGTH = 32;

/**
 * No call to Kinde starts after this time, because a request of a hosted function may use only 2 s
 * of processor time. The next request, which the sweep sends within 10 s, takes the messages that
 * are left.
 */
const LIMIT_MS = 20_000;

/**
 * Creates the handler that the database wakes up: it tells Kinde of every change in the queue. The
 * request must have the secret in `x-refresh-claims-secret`. Several requests at once do no harm, also
 * to several workers: the queue gives each message to one of them.
 */
export function createRefreshClaims({
  read,
  log,
}: {
  readonly read: ReadVariable;
  readonly log: (line: string) => void;
}): Handler {
  const make = (): Handler => {
    const secret = readSecret(read);
    const management = createManagementClient({
      domain: readKindeDomain(read),
      clientId: readSetting(read, "KINDE_M2M_CLIENT_ID"),
      clientSecret: readSetting(read, "KINDE_M2M_CLIENT_SECRET"),
      audience: read("KINDE_M2M_AUDIENCE")?.trim(),
    });
    const relay = createRelay({
      queue: createSupabaseQueue(readProject(read)),
      refreshClaims: (userId, options) => management.refreshClaims(userId, options),
      log,
    });
    const drain = shareRuns(() => relay.drain({ limitMs: LIMIT_MS }));
    return async (request) => {
      const given = request.headers.get("x-refresh-claims-secret") ?? "";
      if (!(await isSameSecret(given, secret))) {
        return answerJson(401, { error: "x-refresh-claims-secret is missing or wrong." });
      }
      return answerJson(200, toAnswer(await drain()));
    };
  };
  return handleWithSettings(make, { name: NAME, log });
}

/** The counts and the codes. The messages are in the log. */
function toAnswer({ stopped, failure, ...counts }: DrainReport): object {
  return {
    ...counts,
    ...(stopped && { stopped: stopped.code }),
    ...(failure && { failure: failure.code }),
  };
}

function readSecret(read: ReadVariable): string {
  const secret = readSetting(read, "REFRESH_CLAIMS_SECRET");
  if (secret.length >= MIN_SECRET_LENGTH) return secret;
  throw new SettingError(
    `REFRESH_CLAIMS_SECRET must have at least ${MIN_SECRET_LENGTH} characters. Make one with: openssl rand -hex 32`,
  );
}
