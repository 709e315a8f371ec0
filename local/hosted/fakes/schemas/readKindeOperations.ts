import type { FoundOperation, ReadText } from "./types.ts";

const NAMES = [
  "getEnvironment",
  "getEnvironmentVariables",
  "createEnvironmentVariable",
  "updateEnvironmentVariable",
  "getWebHooks",
  "createWebHook",
  "updateWebHook",
  "getEventTypes",
  "getApplication",
  "getCallbackUrls",
  "addRedirectCallbackUrls",
  "getLogoutUrls",
  "addLogoutRedirectUrls",
  "updateApplicationTokens",
  "getPermissions",
  "createPermission",
  "getApis",
  "getApi",
  "getApiScopes",
  "refreshUserClaims",
] as const;

/**
 * Reads the operations of the official client of Kinde's Management API, and the scope that each
 * needs.
 */
export function readKindeOperations(text: ReadText): FoundOperation[] {
  const program = text("dist/kinde-management-api-js.mjs");
  const documentation = text("dist/api/sdk.gen.d.ts");
  const declarations = text("dist/api/types.gen.d.ts");
  return NAMES.map((name) => {
    const [, call = ""] =
      new RegExp(`static ${name}\\([^]*?(\\{\\s*method:[^]*?)errors:`).exec(program) ?? fail(name);
    const [, method = ""] = /method: "(\w+)"/.exec(call) ?? fail(name);
    const [, path = ""] = /url: "([^"]+)"/.exec(call) ?? fail(name);
    const about = documentation.slice(0, documentation.indexOf(`static ${name}(`));
    const scope = about.slice(about.lastIndexOf("/**")).match(/<code>([^<]+)<\/code>/)?.[1];
    const typeName = `${name[0]?.toUpperCase()}${name.slice(1)}`;
    const [, query = ""] = /query: \{([^}]*)\}/.exec(call) ?? [];
    const parameters = [...query.matchAll(/(\w+): e\.(\w+)/g)].map(
      ([, key, property]) => `${key}?: ${typeName}Data["${property}"]`,
    );
    const hasData = declarations.includes(`type ${typeName}Data =`);
    return {
      name,
      method,
      path,
      ...(scope && { scope }),
      types: {
        ...(parameters.length > 0 && { query: `{ ${parameters.join("; ")} }` }),
        ...(hasData && call.includes("body:") && { body: `${typeName}Data["requestBody"]` }),
        response: `${typeName}Response`,
      },
    };
  });
}

function fail(name: string): never {
  throw new Error(`@kinde/management-api-js does not have ${name} any more.`);
}
