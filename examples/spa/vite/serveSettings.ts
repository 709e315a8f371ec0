import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Connect, loadEnv, type Plugin, type ResolvedConfig } from "vite";

/**
 * Answers `/settings.json` in `npm run dev` and `npm start` with the content of the file. Variables
 * from the environment and from `.env` files replace the values of the same name. A build contains
 * no settings.
 */
export function serveSettings(): Plugin {
  let config: ResolvedConfig;

  const answer =
    (folder: string): Connect.NextHandleFunction =>
    (request, response, next) => {
      if (request.url?.split("?")[0] !== "/settings.json") return next();
      const settings: object = JSON.parse(readFileSync(join(folder, "settings.json"), "utf8"));
      const variables = loadEnv(config.mode, config.root, "VITE_");
      response.setHeader("Content-Type", "application/json");
      response.setHeader("Cache-Control", "no-store");
      response.end(JSON.stringify({ ...settings, ...variables }));
    };

  return {
    name: "serve-settings",
    configResolved(resolved) {
      config = resolved;
    },
    configureServer({ middlewares }) {
      middlewares.use(answer(config.publicDir));
    },
    configurePreviewServer({ middlewares }) {
      middlewares.use(answer(join(config.root, config.build.outDir)));
    },
  };
}
