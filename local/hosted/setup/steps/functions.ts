import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../sha256.ts";
import { settingOf, supabaseOf, type World } from "../../world.ts";
import { runCli } from "../runCli.ts";
import { defineStep, KINDE, SUPABASE } from "../step.ts";
import { readSecretDigests } from "./secretDigests.ts";

/** Supabase shows no hash of the sources, so we store it in a secret of the functions. */
const SOURCES_HASH = "FUNCTIONS_SOURCES_SHA256";
/** The source files of the functions. */
const SOURCES = ["supabase/functions", "packages/kinde-claims/src", "supabase/config.toml"];

export async function readFunctions(world: World) {
  const supabase = supabaseOf(world);
  const deployed = await supabase.functions();
  const secrets = await readSecretDigests(world);
  const names = functionNames(world.repository);
  return {
    missing: names.filter((name) => !deployed.some(({ slug }) => slug === name)),
    /** Deployed, but inactive or with verify_jwt, which config.toml switches off. */
    wrong: deployed.filter(
      ({ slug, status, verify_jwt }) =>
        names.includes(slug) && (status !== "ACTIVE" || verify_jwt === true),
    ),
    isCurrent:
      secrets.has(SOURCES_HASH) &&
      !secrets.differs(SOURCES_HASH, { digest: sha256(hashOfSources(world.repository)) }),
    names,
  };
}

export const functionsStep = defineStep({
  id: "supabase.functions",
  title: "Edge functions",
  needs: [...SUPABASE, ...KINDE],
  read: readFunctions,
  decide({ missing, wrong, isCurrent, names }) {
    if (missing.length > 0) return { action: "create", detail: missing.join(", ") };
    if (wrong.length > 0 || !isCurrent) {
      return { action: "change", detail: `deploy ${names.join(", ")} again` };
    }
    return { action: "exists", detail: names.join(", ") };
  },
  async apply(_, world) {
    await deploy(world);
    // Stored after the deployment: if an interruption comes between the two, the next run deploys
    // again.
    const value = hashOfSources(world.repository);
    await supabaseOf(world).setSecrets([{ name: SOURCES_HASH, value }]);
  },
});

async function deploy(world: World): Promise<void> {
  const ref = settingOf(world, "SUPABASE_PROJECT_REF");
  const api = world.settings.SUPABASE_API_URL;
  await runCli(["functions", "deploy", "--use-api", `--remote=${ref}`, "--yes"], {
    repository: world.repository,
    signal: world.signal,
    environment: { SUPABASE_ACCESS_TOKEN: settingOf(world, "SUPABASE_ACCESS_TOKEN") },
    writeProfile:
      api === "https://api.supabase.com" ? undefined : (folder) => profileOf(api, folder),
  });
}

/** Tells the CLI to use another Management API. */
function profileOf(api: string, folder: string): string[] {
  const profile = join(folder, "profile.yaml");
  const urls = ["api_url", "dashboard_url", "docs_url"].map((name) => `${name}: ${api}\n`);
  writeFileSync(profile, `name: other\n${urls.join("")}project_host: supabase.co\n`);
  return ["--profile", profile];
}

/** The functions, as the Supabase CLI finds them: folders with an `index.ts`. */
function functionNames(repository: string): string[] {
  const folder = join(repository, "supabase/functions");
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, "index.ts")));
}

function hashOfSources(repository: string): string {
  const files = SOURCES.flatMap((path) => filesIn(repository, path)).sort();
  return sha256(
    files.map((file) => `${file}\n${readFileSync(join(repository, file), "utf8")}`).join("\n"),
  );
}

function filesIn(repository: string, path: string): string[] {
  const folder = join(repository, path);
  if (/\.\w+$/.test(path)) return /\.(ts|json|toml)$/.test(path) ? [path] : [];
  return readdirSync(folder).flatMap((name) => filesIn(repository, `${path}/${name}`));
}
