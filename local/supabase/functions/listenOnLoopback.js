// Loaded before a function. Hosted Supabase decides where `Deno.serve` listens. Here this file
// decides it: on a free port of this machine, which it prints. (Deno 2.1 ignores
// DENO_SERVE_ADDRESS.)
const serve = Deno.serve;
Deno.serve = (handler) =>
  serve(
    {
      hostname: "127.0.0.1",
      port: 0,
      onListen: ({ port }) => console.log(`listening on port ${port}`),
    },
    handler,
  );
