// @ts-check
// npm run test:browser. --example <name> runs only examples.browser.ts, for this example. --measure
// also prints how long a saved profile takes to reach the guarded page.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";

const EXAMPLES = ["express", "nextjs", "sveltekit", "spa"];
const { example, measure } = readArguments();
const files = example === undefined ? [] : ["test/browser/examples.browser.ts"];
const vitest = [
  "node_modules/vitest/vitest.mjs",
  "run",
  "--config",
  "test/browser/vitest.config.ts",
];
const child = spawn(process.execPath, [...vitest, ...files], {
  stdio: "inherit",
  env: {
    ...process.env,
    ...(example !== undefined && { EXAMPLE: example }),
    ...(measure && { MEASURE: "1" }),
  },
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
  process.on(signal, () => child.kill(signal));
}
child.on("exit", (code) => {
  process.exitCode = code ?? 1;
});

function readArguments() {
  try {
    const { values } = parseArgs({
      options: { example: { type: "string" }, measure: { type: "boolean" } },
    });
    if (values.example === undefined || EXAMPLES.includes(values.example)) return values;
    throw new Error(
      `There is no example "${values.example}". The examples: ${EXAMPLES.join(", ")}.`,
    );
  } catch (error) {
    process.stderr.write(`npm run test:browser: ${/** @type {Error} */ (error).message}\n`);
    process.exit(2);
  }
}
