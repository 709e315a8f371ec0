// Runs a workflow and does not close the runtime. It has to exit all the same.
import { createKinde } from "kinde-local";

const run = await createKinde({ project: process.argv[2] }).run();
console.log(JSON.stringify(run.claims.accessToken));
