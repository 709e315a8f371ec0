import type { LocalKinde } from "../../issuer/index.ts";

/** What an example must know about the services on this machine. */
export interface ExampleSettings {
  /** The address that the user opens. */
  readonly url: string;
  /** The port on which the example listens. */
  readonly port: number;
  readonly kinde: Pick<LocalKinde, "url" | "app" | "publicClientId" | "machine">;
  readonly supabase: { readonly url: string; readonly publishableKey: string };
}

/** An example that runs as a program of its own. */
export interface ExampleProgram {
  /** Its folder below `examples/`. */
  readonly name: string;
  /** Where Kinde sends the browser back to: paths of the example. */
  readonly callbackPaths: readonly string[];
  readonly logoutPaths: readonly string[];
  /** Arguments of `node`, in the example's folder. */
  readonly build: readonly (readonly string[])[];
  /** Arguments of `node` for the start, in the example's folder. */
  start(port: number): readonly string[];
  /** The environment of the running example. */
  environment(settings: ExampleSettings): Record<string, string>;
}

const nextjs: ExampleProgram = {
  name: "nextjs",
  callbackPaths: ["/api/auth/kinde_callback"],
  logoutPaths: ["", "/"],
  build: [["node_modules/next/dist/bin/next", "build"]],
  start: (port) => [
    "node_modules/next/dist/bin/next",
    "start",
    // With 127.0.0.1, Next.js treats its own address as that of another server, and sends its
    // requests to itself without end.
    "--hostname",
    "localhost",
    "--port",
    `${port}`,
  ],
  environment: (settings) => ({
    ...serverVariables(settings),
    KINDE_SITE_URL: settings.url,
    KINDE_POST_LOGOUT_REDIRECT_URL: settings.url,
    KINDE_POST_LOGIN_REDIRECT_URL: settings.url,
  }),
};

const sveltekit: ExampleProgram = {
  name: "sveltekit",
  callbackPaths: ["/api/auth/kinde_callback"],
  logoutPaths: ["", "/"],
  build: [["node_modules/vite/bin/vite.js", "build"]],
  start: () => ["build"],
  environment: (settings) => ({
    ...serverVariables(settings),
    ORIGIN: settings.url,
    KINDE_REDIRECT_URL: `${settings.url}/api/auth/kinde_callback`,
    KINDE_POST_LOGOUT_REDIRECT_URL: settings.url,
    KINDE_POST_LOGIN_REDIRECT_URL: `${settings.url}/welcome`,
  }),
};

function serverVariables({ port, kinde, supabase }: ExampleSettings): Record<string, string> {
  return {
    HOST: "127.0.0.1",
    PORT: String(port),
    KINDE_ISSUER_URL: kinde.url,
    KINDE_CLIENT_ID: kinde.app.clientId,
    KINDE_CLIENT_SECRET: kinde.app.clientSecret,
    KINDE_M2M_CLIENT_ID: kinde.machine.clientId,
    KINDE_M2M_CLIENT_SECRET: kinde.machine.clientSecret,
    SUPABASE_URL: supabase.url,
    SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey,
  };
}

const spa: ExampleProgram = {
  name: "spa",
  callbackPaths: ["/callback"],
  logoutPaths: ["", "/"],
  build: [["node_modules/vite/bin/vite.js", "build"]],
  start: () => ["node_modules/vite/bin/vite.js", "preview"],
  environment: ({ url, port, kinde, supabase }) => ({
    HOST: "127.0.0.1",
    PORT: String(port),
    VITE_KINDE_DOMAIN: kinde.url,
    VITE_KINDE_CLIENT_ID: kinde.publicClientId,
    VITE_KINDE_REDIRECT_URL: `${url}/callback`,
    VITE_SUPABASE_URL: supabase.url,
    VITE_SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey,
  }),
};

export const EXAMPLE_PROGRAMS = { nextjs, sveltekit, spa } as const;
