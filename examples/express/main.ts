import { createServer } from "node:http";
import { ConfigError, readAddress, readAppConfig } from "./config.ts";
import { createApp } from "./createApp.ts";

// Starts only the app, with settings from the environment. Without settings, `npm run app` also
// starts a local Kinde and a local Supabase.
try {
  const config = readAppConfig(process.env);
  const { port, host } = readAddress(process.env);
  const server = createServer(createApp(config, (line) => console.error(line)));
  server.once("error", (error: NodeJS.ErrnoException) => {
    fail(`The app cannot listen on ${host}, port ${port} (${error.code}). Set PORT or HOST.`);
  });
  server.listen(port, host, () => {
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
  fail(error.message);
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}
