import type { ApiRequest } from "./sendRequest.ts";

/** Where a scope is given to the machine application. */
export const SCOPES_PLACE =
  "Kinde > Settings > Applications > your machine to machine application > APIs > Kinde Management API > ⋯ > Manage scopes";

/** What to do when a request to Kinde fails. */
export function kindeCure(status: number | undefined, { scope }: ApiRequest<unknown>): string {
  switch (status) {
    case undefined:
      return "Check KINDE_DOMAIN and the network, then run the command again: it continues where it stopped.";
    case 401:
      return "Check KINDE_M2M_CLIENT_ID and KINDE_M2M_CLIENT_SECRET, and that the application is authorized for the Kinde Management API.";
    case 403:
      return scope === undefined
        ? `Give the machine application the scopes that docs/hosted.md lists: ${SCOPES_PLACE}.`
        : `Give the machine application the scope ${scope}: ${SCOPES_PLACE}.`;
    case 404:
      return "Check KINDE_DOMAIN and KINDE_CLIENT_ID: both must be of the same environment in Kinde.";
    case 429:
      return "Wait a minute, then run the command again: it continues where it stopped.";
    default:
      return status >= 500
        ? "See https://status.kinde.com, then run the command again: it continues where it stopped."
        : "Read Kinde's own message above, fix what it names, then run the command again.";
  }
}
