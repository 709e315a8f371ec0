import { createKinde } from "kinde-local";

// Closes the only runtime of this process right after the call of one of its methods.
const [, , project, method] = process.argv;
const kinde = createKinde({ project });
const called = kinde[method]().then(
  () => "ended",
  (error) => error.code,
);
await kinde.close();
process.stdout.write(await called);
