import { createServer } from "node:http";
import { Provider } from "oidc-provider";
import { close, LOOPBACK, listen } from "../http/listen.ts";
import { createClients } from "./clients.ts";
import { configure } from "./configuration.ts";
import { createGrantBook } from "./grants.ts";
import { createSigningKeys } from "./keys.ts";
import { aliases } from "./routes/aliases.ts";
import { limitBody } from "./routes/body.ts";
import { createRouter } from "./routes/createRouter.ts";
import {
  allowOrigins,
  discoverOwnAddress,
  requireDecodablePath,
  requireOwnHost,
} from "./routes/guards.ts";
import { idToken } from "./routes/idToken.ts";
import { createStorage } from "./storage.ts";
import type { IssuerOptions, LocalKinde } from "./types.ts";
import { createUserDirectory } from "./users.ts";
import { createWebhookSender } from "./webhooks.ts";

/**
 * Starts Kinde's sign-in and tokens on 127.0.0.1. Its keys, users and sessions are only in this
 * process and end with it.
 *
 * @throws the error of `listen` if the port is taken
 */
export async function startIssuer(options: IssuerOptions): Promise<LocalKinde> {
  const log = options.log ?? (() => undefined);
  const server = createServer();
  const port = await listen(server, options.port);
  const issuer = `http://${LOOPBACK}:${port}`;

  let freshness = options.freshness ?? "refresh_claims";
  const keys = await createSigningKeys();
  const clients = createClients(options.redirectUris);
  const grants = createGrantBook(() => freshness);
  const webhooks = createWebhookSender({
    ...options.webhook,
    url: options.webhook?.url,
    sign: keys.sign,
    log,
  });
  const storage = createStorage();
  const users = createUserDirectory(options.users ?? [], (type, user) => {
    if (type === "user.deleted") storage.forgetUser(user.id);
    webhooks.send(type, user);
  });
  const origins = new Set(
    [...options.redirectUris, ...options.logoutUris].map((uri) => new URL(uri).origin),
  );
  const provider = new Provider(
    issuer,
    configure(
      { issuer, workflow: options.workflow, grants, users, onAccessToken: options.onAccessToken },
      { clients, keys, storage, origins, accessTokenSeconds: options.accessTokenSeconds },
    ),
  );
  const { logoutUris, onSignOut } = options;
  const parts = { issuer, provider, clients, grants, keys, users, logoutUris, onSignOut };
  for (const route of [
    requireOwnHost,
    requireDecodablePath,
    limitBody,
    discoverOwnAddress(issuer),
    allowOrigins(origins),
    aliases,
    idToken(parts),
    createRouter(parts).routes(),
  ]) {
    provider.use(route);
  }
  // Koa would print the stack trace of each error.
  provider.app.on("error", (error: NodeJS.ErrnoException & { expose?: boolean }) => {
    if (!isClientFault(error)) log(`local Kinde: ${error.stack ?? error.message}`);
  });
  provider.on("server_error", (_ctx, error) => log(`local Kinde: ${error.stack ?? error.message}`));
  server.on("request", provider.callback());

  return {
    url: issuer,
    app: clients.app,
    publicClientId: clients.publicClientId,
    machine: { ...clients.machine, audience: `${issuer}/api` },
    users,
    get freshness() {
      return freshness;
    },
    set freshness(mode) {
      freshness = mode;
    },
    async userOfCode(code) {
      return (await provider.AuthorizationCode.find(code))?.accountId;
    },
    listening: {
      stop: () => close(server),
      async start() {
        if (!server.listening) await listen(server, port);
      },
    },
    sign: keys.sign,
    deliveries: webhooks.deliveries,
    get webhookSwitchedOff() {
      return webhooks.isSwitchedOff;
    },
    webhooksSettled: webhooks.settled,
    async stop() {
      webhooks.stop();
      await close(server);
    },
  };
}

/** Whether the client sent a bad request, or left in the middle of one. */
function isClientFault({ expose, code = "" }: NodeJS.ErrnoException & { expose?: boolean }) {
  return expose === true || code === "ECONNRESET" || code.startsWith("HPE_");
}
