// Runs a workflow and does not close the runtime. The process has to exit nevertheless.
import { createKinde } from "kinde-local";

const run = await createKinde({ project: process.argv[2] }).run();
console.log(JSON.stringify(run.claims.accessToken));
