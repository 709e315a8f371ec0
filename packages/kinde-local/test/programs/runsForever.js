// Prints one line, then starts a run that does not end, and waits to be killed.
import { createKinde } from "kinde-local";

const kinde = createKinde({ project: process.argv[2], limits: { timeMs: 600_000 } });
await kinde.workflows();
console.log("running");
await kinde.run();
