// Compares the values of expressions here with their values in Kinde's public engine:
// `node test/programs/compareValues.js [--each] [--json] [file]`. The file has the shape of
// fixtures/values/recorded.json, which is the default. `--each` evaluates every expression in its
// own run. This is slower, but shows that expressions in a shared run do not influence each other.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createKinde } from "kinde-local";

const RECORDED = join(import.meta.dirname, "../fixtures/values/recorded.json");
const SHARE_A_RUN = 200;

const { values: flags, positionals } = parseArgs({
  options: { each: { type: "boolean" }, json: { type: "boolean" } },
  allowPositionals: true,
});
const recorded = JSON.parse(readFileSync(positionals[0] ?? RECORDED, "utf8"));
const here = await evaluate(recorded, flags.each ? 1 : SHARE_A_RUN);
print(recorded.values);

async function evaluate({ show, bindings, values }, size) {
  const folder = mkdtempSync(join(tmpdir(), "kinde-local-values-"));
  const kinde = createKinde({ project: folder, limits: { timeMs: 60_000 } });
  try {
    const workflows = join(folder, "kindeSrc/environment/workflows");
    mkdirSync(workflows, { recursive: true });
    writeFileSync(join(folder, "kinde.json"), '{"version":"2024-12-09"}');
    writeFileSync(join(workflows, "valuesWorkflow.js"), source(show, bindings, values));
    const results = [];
    for (let from = 0; from < values.length; from += size) {
      const run = await kinde.run({ event: { from, to: from + size } });
      const { result } = run.claims.accessToken;
      const count = Math.min(size, values.length - from);
      const failed = `ends the run: ${run.error?.code} ${run.error?.message}`;
      results.push(...(Array.isArray(result) ? result : Array(count).fill(failed)));
    }
    return results;
  } finally {
    await kinde.close();
    rmSync(folder, { recursive: true });
  }
}

function source(show, bindings, values) {
  const declared = JSON.stringify(Object.fromEntries(bindings.map((name) => [name, {}])));
  const functions = values.map(([expression]) => `() => show((() => ${expression})()),`);
  return `export const workflowSettings = { id: "values", trigger: "user:tokens_generation", bindings: ${declared} };
export default async function (event) {
  ${show}
  const attempt = (run) => {
    try {
      return run();
    } catch (error) {
      return \`throws \${error.name}\`;
    }
  };
  const all = [
    ${functions.join("\n    ")}
  ];
  kinde.accessToken.setCustomClaim("result", all.slice(event.from, event.to).map(attempt));
}
`;
}

function print(values) {
  const differences = values.flatMap(([expression, engine], i) =>
    here[i] === engine ? [] : [{ expression, engine, here: here[i] }],
  );
  const agree = values.length - differences.length;
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ total: values.length, agree, differences })}\n`);
    return;
  }
  for (const { expression, engine, here } of differences) {
    process.stdout.write(`${expression}\n  engine  ${engine}\n  here    ${here}\n`);
  }
  const share = ((100 * agree) / values.length).toFixed(2);
  process.stdout.write(`${agree} of ${values.length} values agree (${share} %).\n`);
}
