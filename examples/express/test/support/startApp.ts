import { type LocalKinde, startIssuer } from "../../../../local/issuer/index.ts";
import { createApp } from "../../createApp.ts";
import { serve } from "./serve.ts";

export interface AppWithKinde {
  readonly url: string;
  readonly kinde: LocalKinde;
  readonly log: string[];
  stop(): Promise<void>;
}

export const ADA = "kp_5d0c8b6f2f4e4c7a9b1e3d5f7a8c9e01";
export const OPERATOR = "kp_0b0f1ce0000000000000000000000006";
export const GRACE = "kp_7b1e9a3c4d5f40628e9f1a2b3c4d5e02";

/** Starts the app in front of the local Kinde. Its sign-ins work without a database. */
export async function startAppWithKinde(
  config: { orgCode?: string; requestsPerMinute?: number; proxies?: number } = {},
): Promise<AppWithKinde> {
  const log: string[] = [];
  // The app and Kinde need each other's address, so the app is created when both listen.
  let app: ReturnType<typeof createApp> | undefined;
  const server = await serve((req, res) => app?.(req, res));
  const kinde = await startIssuer({
    workflow: async () => ({ issued: true, claims: { accessToken: {}, idToken: {} } }),
    redirectUris: [`${server.url}/callback`],
    logoutUris: [`${server.url}/`],
    users: [
      { id: ADA, email: "ada@example.com", givenName: "Ada", familyName: "Lovelace" },
      {
        id: OPERATOR,
        email: "operator@example.com",
        givenName: "Olive",
        familyName: "Operator",
        permissions: ["grant:subscriptions"],
      },
      { id: GRACE, email: "grace@example.com", givenName: "Grace", familyName: "Hopper" },
    ],
  });
  app = createApp(
    {
      url: server.url,
      kinde: { domain: kinde.url, ...kinde.app, orgCode: config.orgCode },
      supabase: { url: "http://127.0.0.1:1", publishableKey: "none", secretKey: "none" },
      requestsPerMinute: config.requestsPerMinute,
      proxies: config.proxies,
    },
    (line) => void log.push(line),
  );
  return {
    url: server.url,
    kinde,
    log,
    async stop() {
      await server.stop();
      await kinde.stop();
    },
  };
}
