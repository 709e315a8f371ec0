#!/usr/bin/env node
// The built file has no import statement, so that an older Node can read it and print the error.
import { requireNode } from "./requireNode.ts";

// With `| head`, the reader closes the pipe early. This is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

if (requireNode(process.versions.node)) {
  const { main } = await import("./main.ts");
  process.exitCode = await main(process.argv.slice(2));
}
