import { createServer } from "node:http";
import { createApp } from "../../../examples/express/createApp.ts";
import { close, listen } from "../../http/listen.ts";
import type { AppInFront } from "./types.ts";

/** The identifier of the app's API, as it would be registered in Kinde. */
export const AUDIENCE = "https://api.profile-claims.example";

/**
 * Opens the port for examples/express, which runs in this process.
 *
 * @throws the error of `listen` if the port is taken
 */
export async function openExpress(options: {
  readonly port: number | undefined;
  readonly log: (line: string) => void;
}): Promise<AppInFront> {
  const server = createServer();
  const port = await listen(server, options.port);
  return {
    port,
    callbackPaths: ["/callback"],
    logoutPaths: ["/"],
    receivesWebhooks: true,
    async start({ url, kinde, project }) {
      const config = {
        url,
        kinde: { domain: kinde.url, ...kinde.app, audience: AUDIENCE, machine: kinde.machine },
        // All clients are on this machine, and measurements sign in as fast as they can.
        requestsPerMinute: 100_000,
        supabase: project,
      };
      server.on("request", createApp(config, options.log, { openProfile: project.openProfile }));
    },
    stop: () => close(server),
  };
}
