import { Ajv, type ValidateFunction } from "ajv";
import type { PublishedApi, PublishedOperation } from "./schemas/types.ts";

/** A request that the published API has. */
export interface KnownRequest {
  /** The vendor's name of the operation, such as `v1BulkCreateSecrets`. */
  readonly name: string;
  readonly operation: PublishedOperation;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/** Why a request is refused. */
export interface RefusedRequest {
  readonly status: 400 | 404;
  readonly problem: string;
}

export interface RequestValidator {
  /** Finds the operation of a request by method and path, and validates its query. */
  match(method: string, url: URL): KnownRequest | RefusedRequest;
  /** The problem of a request's body, or undefined. */
  problemOfBody(name: string, body: unknown): string | undefined;
  /** The problem of an answer of the fake, or undefined. */
  problemOfAnswer(name: string, answer: unknown): string | undefined;
}

/**
 * Validates requests and answers against the schemas that a vendor published. Properties that are
 * not published are refused, since the real API ignores or refuses them.
 */
export function createRequestValidator(api: PublishedApi): RequestValidator {
  const { operations, definitions } = api;
  const compile = (options: object) => {
    // The schemas have formats that Ajv does not know, and keywords that come from documentation
    // comments in TypeScript, such as examples.
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, ...options });
    const compiled = new Map<string, ValidateFunction>();
    return (name: string, part: "query" | "body" | "response") => {
      const key = `${name} ${part}`;
      const found = compiled.get(key) ?? ajv.compile({ definitions, ...operations[name]?.[part] });
      compiled.set(key, found);
      return found;
    };
  };
  const exact = compile({});
  // In a query every value is a string.
  const lenient = compile({ coerceTypes: true });
  const routes = Object.entries(operations).map(([name, operation]) => ({
    name,
    operation,
    pattern: new RegExp(`^${operation.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
  }));

  function match(method: string, url: URL): KnownRequest | RefusedRequest {
    const here = routes.filter(({ pattern }) => pattern.test(url.pathname));
    // A fixed path such as /functions/deploy comes before /functions/{functionSlug}.
    here.sort((a, b) => a.operation.path.split("{").length - b.operation.path.split("{").length);
    const route = here.find(({ operation }) => operation.method === method);
    if (route === undefined) {
      return { status: 404, problem: `${method} ${url.pathname} is not in ${api.package}` };
    }
    const query: Record<string, unknown> = Object.fromEntries(url.searchParams);
    if (route.operation.query === undefined && url.search !== "") {
      return {
        status: 400,
        problem: `${route.name} accepts no query, but the request has the query ${url.search}`,
      };
    }
    const problem = route.operation.query && problemOf(lenient(route.name, "query"), query);
    if (problem) return { status: 400, problem: `query of ${route.name}: ${problem}` };
    const path = route.pattern.exec(url.pathname)?.groups ?? {};
    const decoded = Object.entries(path).map(([key, value]) => [key, decodeURIComponent(value)]);
    return { ...route, path: Object.fromEntries(decoded), query };
  }

  return {
    match,
    problemOfBody(name, body) {
      if (operations[name]?.body === undefined) {
        return body === undefined ? undefined : `${name} accepts no body, but the request has one`;
      }
      const problem = problemOf(exact(name, "body"), body);
      return problem && `body of ${name}: ${problem}`;
    },
    problemOfAnswer(name, answer) {
      if (operations[name]?.response === undefined) return undefined;
      const problem = problemOf(exact(name, "response"), answer);
      return problem && `answer of ${name}: ${problem}`;
    },
  };
}

function problemOf(validate: ValidateFunction, value: unknown): string | undefined {
  if (validate(value)) return undefined;
  return (validate.errors ?? [])
    .map(({ instancePath, message, params }) =>
      [instancePath, message, params.additionalProperty].filter(Boolean).join(" "),
    )
    .join("; ");
}
