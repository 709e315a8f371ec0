import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LOOPBACK } from "../../http/listen.ts";
import type { ServerCommand } from "../server.ts";
import { type FunctionSettings, VARIABLES } from "./settings.ts";

/** What Deno itself needs: its cache, and the way to the npm registry. */
const FOR_DENO =
  /^(PATH|HOME|XDG_CACHE_HOME|DENO_(DIR|CERT|TLS_CA_STORE)|SSL_CERT_(FILE|DIR)|(HTTPS?|NO)_PROXY|NPM_CONFIG_REGISTRY|USERPROFILE|LOCALAPPDATA|SystemRoot)$/i;

export interface DenoFunction {
  readonly name: string;
  /** The folder of the function: `supabase/functions/<name>`. */
  readonly source: string;
  readonly deno: string;
  /** The stack's temporary folder. */
  readonly folder: string;
  readonly url: string;
  readonly secretKey: string;
  readonly settings: FunctionSettings;
}

/**
 * Returns the command that serves one function. It may reach only Supabase and Kinde, and no file.
 * The secrets are in the environment, since every user can read a process's arguments.
 */
export function denoCommand(options: DenoFunction): ServerCommand {
  const { name, source, deno, folder, url, secretKey, settings } = options;
  const main = join(folder, `${name}.main.js`);
  const modules = [
    new URL("listenOnLoopback.js", import.meta.url),
    pathToFileURL(join(source, "index.ts")),
  ];
  const imports = modules.map(({ href }) => `import ${JSON.stringify(href)};\n`).join("");
  writeFileSync(main, imports, { mode: 0o600 });
  // It may listen on port 0, for which the system chooses a free port.
  const hosts = [`${LOOPBACK}:0`, new URL(url).host, new URL(settings.KINDE_DOMAIN).host];
  return {
    part: "edge functions",
    file: deno,
    args: [
      ...["run", "--quiet", "--no-prompt", "--no-lock"],
      ...["--config", join(source, "deno.json")],
      `--allow-net=${hosts.join(",")}`,
      `--allow-env=${VARIABLES.join(",")}`,
      main,
    ],
    cwd: folder,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => FOR_DENO.test(name))),
      // The imports are in the function's deno.json; the repository's package.json is for Node.
      DENO_NO_PACKAGE_JSON: "1",
      DENO_NO_UPDATE_CHECK: "1",
      NO_COLOR: "1",
      ...settings,
      SUPABASE_URL: url,
      SUPABASE_SECRET_KEYS: JSON.stringify({ default: secretKey }),
    },
    log: join(folder, `${name}.log`),
    stopSignal: "SIGTERM",
  };
}
