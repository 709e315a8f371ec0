import { randomBytes, randomUUID } from "node:crypto";
import type { ApiKeyResponse, FunctionResponse, ThirdPartyAuth } from "supabase-management-js";
import type { Keys } from "../../supabase/keys.ts";
import { filesIn, keysOf, newFunction, newKey, sha256, shown } from "./projectParts.ts";
import { runSql } from "./runSql.ts";
import published from "./schemas/supabase.json" with { type: "json" };
import { type Answer, type Call, type Fake, startFake } from "./startFake.ts";

/** A hosted project, as far as Supabase's Management API shows it. */
export interface FakeProject {
  status: string;
  dataApi: {
    db_schema: string;
    db_extra_search_path: string;
    max_rows: number;
    db_pool: number | null;
  };
  readonly apiKeys: ApiKeyResponse[];
  readonly functions: FunctionResponse[];
  /** The values, by name. */
  readonly secrets: Map<string, string>;
  readonly thirdPartyAuth: ThirdPartyAuth[];
  /** The lints of the security advisor. */
  lints: object[];
}

export interface FakeSupabase extends Fake {
  readonly ref: string;
  readonly accessToken: string;
  readonly project: FakeProject;
  /** The files of the last deployment of a function, by its name. */
  readonly deployments: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * Starts a fake of Supabase's Management API with one project. SQL runs on the given database: that
 * of a local Supabase.
 *
 * @param options.databaseUrl the connection string of the role `postgres`
 * @param options.keys those of the local Supabase, so that its Data API accepts the project's keys
 */
export async function startFakeSupabase(options: {
  readonly databaseUrl?: string;
  readonly keys?: Pick<Keys, "publishableKey" | "secretKey" | "workflowKey">;
}): Promise<FakeSupabase> {
  const ref = "abcdefghijklmnopqrst";
  const accessToken = `sbp_${randomBytes(20).toString("hex")}`;
  const deployments = new Map<string, Map<string, string>>();
  const project: FakeProject = {
    status: "ACTIVE_HEALTHY",
    dataApi: {
      db_schema: "public,graphql_public",
      db_extra_search_path: "public,extensions",
      max_rows: 1000,
      db_pool: null,
    },
    apiKeys: [
      newKey({ type: "publishable", name: "default" }, options.keys?.publishableKey),
      newKey(
        { type: "secret", name: "default", secret_jwt_template: { role: "service_role" } },
        options.keys?.secretKey,
      ),
    ],
    functions: [],
    secrets: new Map([["SUPABASE_URL", `https://${ref}.supabase.co`]]),
    thirdPartyAuth: [],
    lints: [],
  };
  const ok = (body?: unknown, status = 200): Answer =>
    body === undefined ? { status } : { status, body };
  const fail = (status: number, message: string): Answer => ({ status, body: { message } });
  const findKey = ({ path }: Call) => project.apiKeys.find(({ id }) => id === path.id);
  const sql = async (call: Call, isReadOnly: boolean): Promise<Answer> => {
    const { query, parameters = [] } = call.body as { query: string; parameters?: unknown[] };
    if (options.databaseUrl === undefined) return fail(400, "Failed to run sql query: no database");
    const result = await runSql(options.databaseUrl, { query, parameters, isReadOnly });
    return "rows" in result
      ? ok(result.rows, 201)
      : fail(400, `Failed to run sql query: ${result.error}`);
  };

  const fake = await startFake({
    api: published,
    errorBody: (_, message) => ({ message }),
    authorize({ headers, path }) {
      if (headers.get("authorization") !== `Bearer ${accessToken}`)
        return fail(401, "Unauthorized");
      return path.ref === ref ? undefined : fail(404, "Project not found");
    },
    operations: {
      v1GetProject: () =>
        ok({
          id: ref,
          ref,
          organization_id: "example",
          organization_slug: "example",
          name: "example",
          region: "eu-central-1",
          created_at: new Date(0).toISOString(),
          status: project.status,
          database: {
            host: `db.${ref}.supabase.co`,
            version: "17.4.1",
            postgres_engine: "17",
            release_channel: "ga",
          },
        }),
      v1RunAQuery: (call) => sql(call, false),
      v1ReadOnlyQuery: (call) => sql(call, true),
      v1GetPostgrestServiceConfig: () => ok(project.dataApi),
      v1UpdatePostgrestServiceConfig: ({ body }) => {
        Object.assign(project.dataApi, body);
        return ok(project.dataApi);
      },
      v1GetProjectApiKeys: ({ query }) =>
        ok(project.apiKeys.map((key) => shown(key, query.reveal))),
      v1GetProjectApiKey: (call) => {
        const key = findKey(call);
        return key ? ok(shown(key, call.query.reveal)) : fail(404, "API key not found");
      },
      v1CreateProjectApiKey: ({ body, query }) => {
        const about = body as Partial<ApiKeyResponse>;
        const isOfWorkflow = about.secret_jwt_template?.role === "kinde_workflow";
        const key = newKey(about, isOfWorkflow ? options.keys?.workflowKey : undefined);
        const isTaken = project.apiKeys.some(
          ({ name, type }) => name === key.name && type === key.type,
        );
        if (isTaken) return fail(409, "API key with this name already exists");
        project.apiKeys.push(key);
        return ok(shown(key, query.reveal), 201);
      },
      v1UpdateProjectApiKey: (call) => {
        const key = findKey(call);
        if (key === undefined) return fail(404, "API key not found");
        Object.assign(key, call.body, { updated_at: new Date().toISOString() });
        return ok(shown(key, call.query.reveal));
      },
      v1ListAllFunctions: () => ok(project.functions),
      v1DeployAFunction: async ({ body, query }) => {
        const slug = String(query.slug);
        const form = body as FormData;
        deployments.set(slug, await filesIn(form));
        const { verify_jwt } = JSON.parse(String(form.get("metadata"))) as { verify_jwt?: boolean };
        const old = project.functions.findIndex((found) => found.slug === slug);
        const deployed = newFunction(
          slug,
          (project.functions[old]?.version ?? 0) + 1,
          verify_jwt ?? true,
        );
        project.functions.splice(
          old < 0 ? project.functions.length : old,
          old < 0 ? 0 : 1,
          deployed,
        );
        return ok(deployed, 201);
      },
      v1BulkUpdateFunctions: () => ok({ functions: project.functions }),
      v1ListAllSecrets: () =>
        ok([...project.secrets].map(([name, value]) => ({ name, value: sha256(value) }))),
      v1BulkCreateSecrets: ({ body }) => {
        for (const { name, value } of body as { name: string; value: string }[]) {
          project.secrets.set(name, value);
        }
        return ok(undefined, 201);
      },
      v1ListProjectTpaIntegrations: () => ok(project.thirdPartyAuth),
      v1CreateProjectTpaIntegration: async ({ body }) => {
        const asked = body as Partial<ThirdPartyAuth>;
        const now = new Date().toISOString();
        const times = { inserted_at: now, updated_at: now, resolved_at: now };
        const resolved_jwks = await keysOf(asked.oidc_issuer_url);
        const added: ThirdPartyAuth = {
          ...{ id: randomUUID(), type: "oidc", resolved_jwks, ...times },
          ...asked,
        };
        project.thirdPartyAuth.push(added);
        return ok(added, 201);
      },
      v1GetSecurityAdvisors: () => ok({ lints: project.lints }),
      v1GetPerformanceAdvisors: () => ok({ lints: [] }),
    },
  });
  return Object.assign(fake, { ref, accessToken, project, deployments });
}
