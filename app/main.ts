import { createServer } from "node:http";
import { ConfigError, readAppConfig } from "./config.ts";
import { createApp } from "./createApp.ts";

/** The app by itself, with its settings from the environment; `npm run app` starts the rest, too. */
try {
  const config = readAppConfig(process.env);
  const server = createServer(createApp(config, (line) => console.error(line)));
  const port = Number(process.env.PORT ?? 3000);
  server.listen(port, process.env.HOST ?? "127.0.0.1", () => {
    console.error(`${config.url} is served from port ${port}`);
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      server.close();
      server.closeIdleConnections();
    });
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
