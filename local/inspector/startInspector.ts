import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { close, listen } from "../http/listen.ts";
import { MISDIRECTED, refuseForeignHost } from "../http/ownHost.ts";
import type { LocalKinde } from "../issuer/index.ts";
import type { LocalSupabase } from "../supabase/index.ts";
import { createControls } from "./actions.ts";
import { createBrowsers } from "./browsers.ts";
import { forwardPage } from "./forwardPage.ts";
import { createLiveUpdates } from "./liveUpdates.ts";
import type { Observations } from "./observations.ts";
import { answerFile } from "./pageFiles.ts";
import { readAction } from "./readAction.ts";
import { openRows } from "./rows.ts";
import { readState } from "./state.ts";

export interface InspectorParts {
  readonly kinde: LocalKinde;
  readonly supabase: LocalSupabase;
  readonly observations: Observations;
  /** The app's own port on this machine. */
  readonly appPort: number;
}

/** The paths that belong to the inspector and not to the app. */
const PREFIX = "/__inspector/";

/**
 * Starts the inspector: a server in front of the app that adds a panel to each page. The panel
 * shows how the user's claims came to the page. The app does not know of it.
 *
 * @param port a free one unless given
 * @returns the server's port, `attach`, which begins to forward to the app, and `stop`
 * @throws the error of `listen` if the port is taken
 */
export async function startInspector(port?: number) {
  let handle = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(503, { "retry-after": "1" }).end("The app is starting.\n");
  };
  const server = createServer((request, response) => handle(request, response));
  const ownPort = await listen(server, port);
  let end = async (): Promise<void> => undefined;

  return {
    port: ownPort,
    attach(parts: InspectorParts): void {
      const { kinde, supabase, observations } = parts;
      const rows = openRows(supabase.databaseUrl);
      const controls = createControls({ kinde, supabase, rows });
      const browsers = createBrowsers({
        userOfCode: kinde.userOfCode,
        takeSignOut: observations.takeSignOut,
      });
      const nameOf = (userId: string) => {
        const user = kinde.users.find(userId);
        return [user?.givenName, user?.familyName].filter(Boolean).join(" ");
      };
      const sources = { observations, rows, controls, nameOf };
      const stateOf = async (request: IncomingMessage) =>
        JSON.stringify(await readState(sources, browsers.userOf(request)));
      const live = createLiveUpdates(stateOf);
      end = async () => {
        live.close();
        await rows.close();
      };

      async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const refused = refuseForeignHost(request);
        if (refused) return void response.writeHead(MISDIRECTED).end(`${refused}\n`);
        const path = request.url?.split("?")[0] ?? "/";
        if (!path.startsWith(PREFIX)) {
          const cookies = await browsers.notice(request);
          forwardPage({
            incoming: request,
            outgoing: response,
            port: parts.appPort,
            cookies,
          });
          return;
        }
        const name = path.slice(PREFIX.length);
        if (name === "events") return live.subscribe(request, response);
        if (name !== "actions") return answerFile(name, response);
        const action = await readAction(request);
        if (action === undefined) return void response.writeHead(400).end();
        await controls.perform(action, browsers.userOf(request));
        response.writeHead(204).end();
      }

      handle = (request, response) => {
        answer(request, response).catch(() => {
          if (!response.headersSent) response.writeHead(500);
          response.end();
        });
      };
    },
    async stop(): Promise<void> {
      await end();
      await close(server);
    },
  };
}
