import type { Plugin } from "vite";

const POLICY = "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";

/**
 * Lets the built page run only its own script files, because a script that an attacker adds to the
 * page could read the user's tokens.
 */
export function restrictScripts(): Plugin {
  return {
    name: "restrict-scripts",
    // Not in development: the development server puts an inline script into the page.
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: POLICY },
        injectTo: "head-prepend",
      },
    ],
  };
}
