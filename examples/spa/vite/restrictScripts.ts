import type { Plugin } from "vite";

const POLICY = "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'";

/**
 * Lets the built page run its own script files and no others. A script that somebody else brings
 * into the page could read the user's tokens.
 */
export function restrictScripts(): Plugin {
  return {
    name: "restrict-scripts",
    // The development server needs a script inside the page.
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
