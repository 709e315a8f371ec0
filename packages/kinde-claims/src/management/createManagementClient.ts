import { lazy } from "../options/lazy.ts";
import { readIssuer } from "../options/readIssuer.ts";
import { readText } from "../options/readText.ts";
import { RequestError } from "../requests/RequestError.ts";
import { sendRequest } from "../requests/sendRequest.ts";
import { untilAborted } from "../requests/untilAborted.ts";
import { isUserId } from "../users/isUserId.ts";
import { createMachineToken, type MachineClient } from "./createMachineToken.ts";
import type { ManagementClient, ManagementClientOptions } from "./types.ts";

/**
 * Creates a client for Kinde's Management API. It fetches a machine token at its first request,
 * keeps it until shortly before it expires, and renews it once if Kinde refuses it (401).
 *
 * @example
 * ```ts
 * import { createManagementClient, RequestError } from "kinde-claims";
 *
 * const management = createManagementClient({
 *   domain: "https://example.kinde.com",
 *   clientId: "client id of a machine-to-machine application",
 *   clientSecret: "its secret, from the environment",
 * });
 *
 * export async function notifyKinde(userId: string): Promise<void> {
 *   try {
 *     await management.refreshClaims(userId);
 *   } catch (error) {
 *     if (error instanceof RequestError && error.code === "RATE_LIMITED") {
 *       console.warn(`Kinde wants a pause of ${error.retryAfter ?? "unknown"} seconds`);
 *     }
 *     throw error;
 *   }
 * }
 * ```
 */
export function createManagementClient(options: ManagementClientOptions): ManagementClient {
  const setUp = lazy(() => {
    const client = readMachineClient(options);
    return { client, machineToken: createMachineToken(client, options) };
  });

  return {
    async refreshClaims(userId, { signal } = {}) {
      const { client, machineToken } = setUp();
      const shownPath = "/api/v1/users/…/refresh_claims";
      const request = `POST ${client.domain}${shownPath}`;
      if (!isUserId(userId)) {
        const problem = "not sent: the user id does not have the form of a Kinde user id";
        throw new RequestError({ code: "INVALID_USER_ID", request, problem });
      }
      const aborted = () => new RequestError({ code: "ABORTED", request, problem: "not sent" });
      if (signal?.aborted) throw aborted();
      const getToken = () => untilAborted(machineToken.get(), signal, aborted);
      const path = `/api/v1/users/${encodeURIComponent(userId)}/refresh_claims`;
      const send = (token: string) =>
        sendRequest(
          {
            origin: client.domain,
            path,
            shownPath,
            headers: { authorization: `Bearer ${token}` },
            signal,
          },
          options,
        );

      const token = await getToken();
      try {
        await send(token);
      } catch (error) {
        if (!(error instanceof RequestError) || error.code !== "UNAUTHORIZED") throw error;
        machineToken.drop(token);
        await send(await getToken());
      }
    },
  };
}

function readMachineClient(options: ManagementClientOptions): MachineClient {
  const domain = readIssuer(options.domain, "createManagementClient: domain");
  return {
    domain,
    clientId: readText(options.clientId, "createManagementClient: clientId"),
    clientSecret: readText(options.clientSecret, "createManagementClient: clientSecret"),
    audience: options.audience || `${domain}/api`,
  };
}
