import { randomBytes } from "node:crypto";
import type { ClientMetadata } from "oidc-provider";
import type { Credentials } from "./types.ts";

/** What the machine application may do with the Management API. */
export const MACHINE_SCOPES = ["update:user_refresh_claims", "delete:users"];

export interface Clients {
  readonly app: Credentials;
  readonly publicClientId: string;
  readonly machine: Credentials;
  readonly metadata: ClientMetadata[];
}

/** One application of each of Kinde's kinds, with secrets made at start. */
export function createClients(redirectUris: readonly string[]): Clients {
  const app = { clientId: "local_back_end_application", clientSecret: newSecret() };
  const machine = { clientId: "local_machine_application", clientSecret: newSecret() };
  const publicClientId = "local_front_end_application";
  const userFlows = {
    redirect_uris: [...redirectUris],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code" as const],
  };
  return {
    app,
    publicClientId,
    machine,
    metadata: [
      {
        client_id: app.clientId,
        client_secret: app.clientSecret,
        token_endpoint_auth_method: "client_secret_post",
        ...userFlows,
      },
      { client_id: publicClientId, token_endpoint_auth_method: "none", ...userFlows },
      {
        client_id: machine.clientId,
        client_secret: machine.clientSecret,
        token_endpoint_auth_method: "client_secret_post",
        redirect_uris: [],
        grant_types: ["client_credentials"],
        response_types: [],
      },
    ],
  };
}

/** Kinde's secrets have 40 to 60 letters and digits. The SDK refuses any other secret. */
function newSecret(): string {
  return randomBytes(25).toString("hex");
}
