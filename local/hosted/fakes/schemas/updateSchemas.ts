// Writes supabase.json and kinde.json: the operations of both management APIs that we use, as JSON
// Schemas made from the vendors' published packages. Run it after an update of one of them:
//   npx tsx local/hosted/fakes/schemas/updateSchemas.ts
// The tool that makes the schemas depends on its own version of TypeScript, so it is not installed
// here: npm fetches it for this run only.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readKindeOperations } from "./readKindeOperations.ts";
import { readSupabaseOperations } from "./readSupabaseOperations.ts";
import type { FoundOperation, PublishedApi } from "./types.ts";

const TOOL = "ts-json-schema-generator@2.4.0";
const require = createRequire(import.meta.url);

const APIS = [
  {
    file: "supabase.json",
    name: "supabase-management-js",
    types: "dist/index.d.mts",
    read: readSupabaseOperations,
  },
  {
    file: "kinde.json",
    name: "@kinde/management-api-js",
    types: "dist/api/types.gen.d.ts",
    read: readKindeOperations,
  },
] as const;

for (const { file, name, types, read } of APIS) {
  const folder = join(require.resolve(name), "../..");
  const text = (path: string) => readFileSync(join(folder, path), "utf8");
  const { version } = JSON.parse(text("package.json")) as { version: string };
  const operations = read(text);
  const api = toApi(`${name}@${version}`, operations, toSchemas(text(types), operations));
  const target = fileURLToPath(new URL(file, import.meta.url));
  writeFileSync(target, JSON.stringify(api));
  execFileSync("npx", ["biome", "format", "--write", target]);
}

/** Lets the tool turn one type, which holds the types of all operations, into a JSON Schema. */
function toSchemas(declarations: string, operations: readonly FoundOperation[]) {
  const folder = mkdtempSync(join(tmpdir(), "schemas-"));
  try {
    const members = operations.map(({ name, types }) => {
      const parts = Object.entries(types).map(([part, type]) => `${part}: ${type}`);
      return `${name}: { ${parts.join("; ")} };`;
    });
    const root = `export interface AllOperations {\n${members.join("\n")}\n}\n`;
    writeFileSync(join(folder, "types.ts"), `${declarations}\n${root}`);
    const tool = ["--path", join(folder, "types.ts"), "--type", "AllOperations", "--no-type-check"];
    const args = ["exec", "--yes", `--package=${TOOL}`, "--", "ts-json-schema-generator", ...tool];
    const output = execFileSync("npm", args, { cwd: folder, encoding: "utf8", maxBuffer: 1e8 });
    return JSON.parse(output) as { definitions: Record<string, Schema> };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
}

function toApi(
  from: string,
  operations: readonly FoundOperation[],
  { definitions }: { definitions: Record<string, Schema> },
): PublishedApi {
  const { AllOperations, ...others } = definitions;
  return {
    package: from,
    operations: Object.fromEntries(
      operations.map(({ name, types: _, ...operation }) => [
        name,
        { ...operation, ...AllOperations?.properties?.[name]?.properties },
      ]),
    ),
    definitions: others,
  };
}
