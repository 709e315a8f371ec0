import { createKinde } from "kinde-local";

// Opens a runtime while the only other one of this process closes.
const project = process.argv[2];
const first = createKinde({ project });
first.run().catch(() => {});
const closing = first.close();
await new Promise((resolve) => setTimeout(resolve, 2));
const second = createKinde({ project });
const run = await second.run();
await closing;
await second.close();
process.stdout.write(String(run.claims.accessToken.result));
