#!/usr/bin/env -S node --
// Without the "--", Node 20 takes an --env-file behind the script's name for its own.
import { main } from "./main.ts";

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2));
