import adapter from "@sveltejs/adapter-node";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter(),
      compilerOptions: {
        runes: ({ filename }) => (filename.includes("node_modules") ? undefined : true),
      },
      csp: {
        // The directives that depend on the settings are in src/lib/server/web/securityHeaders.ts.
        directives: {
          "default-src": ["none"],
          "script-src": ["self"],
          "connect-src": ["self"],
          "img-src": ["self"],
          "style-src": ["self"],
          // SvelteKit hides, with a style attribute, the element that tells screen readers of a page.
          "style-src-attr": ["unsafe-inline"],
          "base-uri": ["none"],
        },
      },
    }),
  ],
});
