import type { FoundOperation, ReadText } from "./types.ts";

const NAMES = [
  "v1GetProject",
  "v1GetServicesHealth",
  "v1ListMigrationHistory",
  "v1RunAQuery",
  "v1ReadOnlyQuery",
  "v1GetPostgrestServiceConfig",
  "v1UpdatePostgrestServiceConfig",
  "v1GetProjectApiKeys",
  "v1GetProjectApiKey",
  "v1CreateProjectApiKey",
  "v1UpdateProjectApiKey",
  "v1ListAllFunctions",
  "v1GetAFunction",
  "v1DeployAFunction",
  "v1BulkUpdateFunctions",
  "v1ListAllSecrets",
  "v1BulkCreateSecrets",
  "v1ListProjectTpaIntegrations",
  "v1GetProjectTpaIntegration",
  "v1CreateProjectTpaIntegration",
  "v1GetSecurityAdvisors",
  "v1GetPerformanceAdvisors",
  "v1GetProjectLogs",
] as const;

/**
 * Reads method and path from the program of supabase-management-js, and the types from its
 * declarations.
 */
export function readSupabaseOperations(text: ReadText): FoundOperation[] {
  const program = text("dist/index.mjs");
  const declarations = text("dist/index.d.mts");
  return NAMES.map((name) => {
    const url = `get${name[0]?.toUpperCase()}${name.slice(1)}Url`;
    const paths = match(program, new RegExp(`var ${url} = [^]*?\\n};`)).matchAll(/`(\/v1[^`?]*)/g);
    const path = [...paths].at(-1)?.[1] ?? fail(name);
    const method = match(program, new RegExp(`var ${name} = [^]*?method: "(\\w+)"`), 1);
    const signature = match(declarations, new RegExp(`declare const ${name}: \\((.*?)\\) =>`), 1);
    const types = [...signature.matchAll(/\w+\??: (\w+)/g)]
      .map(([, type = ""]) => type)
      .filter((type) => !["string", "RequestInit"].includes(type));
    const query = types.find((type) => type.endsWith("Params"));
    const body = types.find((type) => !type.endsWith("Params"));
    const hasAnswer = !new RegExp(`type ${name}Response20\\d = \\{\\s*data: void`).test(
      declarations,
    );
    return {
      name,
      method,
      // `${functionSlug}` in the program becomes {functionSlug}. The published path has
      // {function_slug}.
      path: path.replace(/\$\{(\w+)\}/g, "{$1}"),
      types: {
        ...(query && { query }),
        ...(body && { body }),
        ...(hasAnswer && { response: `${name}ResponseSuccess["data"]` }),
      },
    };
  });
}

function match(text: string, pattern: RegExp, group = 0): string {
  return pattern.exec(text)?.[group] ?? fail(String(pattern));
}

function fail(what: string): never {
  throw new Error(`supabase-management-js has nothing that matches ${what} any more.`);
}
