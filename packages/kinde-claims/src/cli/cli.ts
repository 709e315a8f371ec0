#!/usr/bin/env -S node --
// Without the "--", Node 20 would read an --env-file after the script's name as its own option.
import { main } from "./main.ts";

// It is not a failure if the reader of stdout, such as `head`, ends first.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2));
