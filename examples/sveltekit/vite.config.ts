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
        // form-action and frame-ancestors are in src/lib/server/web/securityHeaders.ts.
        directives: {
          "default-src": ["none"],
          "script-src": ["self"],
          "connect-src": ["self"],
          "img-src": ["self"],
          "style-src": ["self"],
          // SvelteKit announces each new page to screen readers in an element, and hides the
          // element with a style attribute.
          "style-src-attr": ["unsafe-inline"],
          "base-uri": ["none"],
        },
      },
    }),
  ],
});
