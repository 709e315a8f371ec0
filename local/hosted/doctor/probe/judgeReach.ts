import { type Examination, failed, ok, warning } from "../check.ts";
import type { Reach, ReachProblem } from "./reach.ts";

const SOON_DAYS = 14;

const SEEN: Readonly<Record<ReachProblem, string>> = {
  NO_SUCH_HOST: "has no address in DNS",
  REFUSED: "refuses the connection",
  CERTIFICATE: "has a TLS certificate that is not valid for it",
  TIMEOUT: "does not answer in time",
  UNREACHABLE: "cannot be reached",
};

/**
 * Turns the result of a probe into that of a check.
 *
 * @param host the name of the host in the report
 * @param cures what to do: `wrongName` if the name has no address or its certificate is not valid,
 *   which is usually a wrong setting, and `away` for any other problem
 */
export function judgeReach(
  host: string,
  reached: Reach,
  cures: { readonly wrongName: string; readonly away: string },
): Examination {
  if (!reached.isReached) {
    const isNameWrong = ["NO_SUCH_HOST", "CERTIFICATE"].includes(reached.problem);
    const seen = `${host} ${SEEN[reached.problem]} (${reached.detail})`;
    return failed(seen, isNameWrong ? cures.wrongName : cures.away);
  }
  const { certificateDays } = reached;
  if (certificateDays === undefined) return ok(`${host} answers, without TLS on this machine`);
  const days = Math.floor(certificateDays);
  if (days >= SOON_DAYS) return ok(`${host} answers, its certificate is valid for ${days} days`);
  const cure =
    "Renew the certificate of the custom domain, or ask its provider why it was not renewed.";
  return warning(`the certificate of ${host} ends in ${days} days`, cure);
}
