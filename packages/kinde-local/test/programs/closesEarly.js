import { createKinde } from "kinde-local";

// Closes the only runtime of this process while its workflow is bundled.
const kinde = createKinde({ project: process.argv[2] });
const run = kinde.run().catch((error) => error.code);
await kinde.close();
process.stdout.write(await run);
