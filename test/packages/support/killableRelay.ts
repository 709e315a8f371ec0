import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { close, LOOPBACK, listen } from "../../../local/http/listen.ts";
import { REPOSITORY } from "./copyRepository.ts";

const CLI = join(REPOSITORY, "packages/kinde-claims/dist/cli/cli.js");

/** Starts `npx kinde-claims relay` as a process. */
export function spawnRelay(options: {
  readonly supabaseUrl: string;
  readonly secretKey: string;
  readonly kindeUrl: string;
}): ChildProcess {
  const { PATH = "" } = process.env;
  return spawn(process.execPath, [CLI, "relay"], {
    stdio: "ignore",
    env: {
      PATH,
      SUPABASE_URL: options.supabaseUrl,
      SUPABASE_SECRET_KEY: options.secretKey,
      KINDE_DOMAIN: options.kindeUrl,
      KINDE_M2M_CLIENT_ID: "machine",
      KINDE_M2M_CLIENT_SECRET: "secret of the machine",
    },
  });
}

/** Kills the process with SIGKILL, and waits for its end. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** A proxy in front of Supabase. A test can use it to observe or stop a request. */
export async function startProxy(target: string) {
  const { hostname, port } = new URL(target);
  const proxy = {
    url: "",
    /** Is called with the path of each request. The request is dropped if it returns false. */
    onRequest: async (_path: string): Promise<boolean> => true,
    stop: () => close(server),
  };
  const server = createServer(async (incoming, outgoing) => {
    incoming.pause();
    if (!(await proxy.onRequest(incoming.url ?? ""))) return void incoming.destroy();
    const headers = { ...incoming.headers, host: `${hostname}:${port}` };
    const outward = request({
      ...{ host: hostname, port, headers },
      ...{ method: incoming.method, path: incoming.url },
    });
    outward.once("response", (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    outward.once("error", () => outgoing.destroy());
    incoming.pipe(outward);
  });
  proxy.url = `http://${LOOPBACK}:${await listen(server)}`;
  return proxy;
}
