import { createRefreshClaims } from "./createRefreshClaims.ts";

Deno.serve(
  createRefreshClaims({
    read: (name) => Deno.env.get(name),
    log: (line) => console.error(line),
  }),
);
