import { createKindeWebhook } from "./createKindeWebhook.ts";

Deno.serve(
  createKindeWebhook({
    read: (name) => Deno.env.get(name),
    log: (line) => console.error(line),
  }),
);
