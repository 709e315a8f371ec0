import { randomBytes, randomUUID } from "node:crypto";
import type { environment_variable, permissions, webhook } from "@kinde/management-api-js";
import { createFakeIssuer, type PublishedIssuer } from "./fakeIssuer.ts";
import published from "./schemas/kinde.json" with { type: "json" };
import { type Answer, type Call, type Fake, startFake } from "./startFake.ts";

/** The scopes of all operations that the fake has. */
const ALL_SCOPES = [...new Set(Object.values(published.operations).map(({ scope }) => scope))];
const DEFAULT_PAGE = 10;

/** A Kinde environment, as far as the Management API shows it. */
export interface FakeEnvironment {
  readonly variables: environment_variable[];
  readonly webhooks: webhook[];
  readonly permissions: permissions[];
  readonly applications: { id: string; name: string; type: "m2m" | "reg" | "spa" }[];
  readonly callbackUrls: string[];
  readonly logoutUrls: string[];
  /** The lifetimes that were set, in seconds. */
  readonly tokens: Record<string, unknown>;
  /** The scopes of the machine application. */
  scopes: string[];
  /** If true, the list of variables says that there are more, although no request returns them. */
  hasMoreVariables: boolean;
}

export interface FakeKinde extends Fake {
  readonly environment: FakeEnvironment;
  readonly issuer: PublishedIssuer;
  readonly machine: { readonly clientId: string; readonly clientSecret: string };
  /** The client id of the app. */
  readonly clientId: string;
  /** Signs a token with the key that the fake publishes. */
  sign(payload: Record<string, unknown>): Promise<string>;
}

/** Starts a fake of Kinde: its Management API, machine tokens, discovery and keys. */
export async function startFakeKinde(): Promise<FakeKinde> {
  const clientId = randomBytes(16).toString("hex");
  const machine = {
    clientId: randomBytes(16).toString("hex"),
    clientSecret: randomBytes(25).toString("hex"),
  };
  const environment: FakeEnvironment = {
    variables: [],
    webhooks: [],
    permissions: [],
    applications: [
      { id: clientId, name: "Web app", type: "reg" },
      { id: machine.clientId, name: "Set-up", type: "m2m" },
    ],
    callbackUrls: [],
    logoutUrls: [],
    tokens: {},
    scopes: [...ALL_SCOPES],
    hasMoreVariables: false,
  };
  const issuer = await createFakeIssuer({ machine, scopes: () => environment.scopes });

  const fake = await startFake({
    api: published,
    errorBody: (status, message) => ({ errors: [{ code: `E${status}`, message }] }),
    others: (request) => issuer.answer(request, fake.url),
    async authorize({ headers, operation }) {
      const token = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "")?.[1] ?? "";
      const payload = await issuer.verify(token, fake.url);
      if (payload === undefined) return fail(401, "TOKEN_INVALID", "Invalid token");
      const scopes = [payload.scp].flat();
      if (operation.scope === undefined || scopes.includes(operation.scope)) return undefined;
      return fail(403, "FORBIDDEN", "The token does not have the scope for this");
    },
    operations: {
      getEnvironmentVariables: () =>
        ok({
          has_more: environment.hasMoreVariables,
          environment_variables: environment.variables.map((variable) =>
            variable.is_secret ? { ...variable, value: null } : variable,
          ),
        }),
      createEnvironmentVariable({ body }) {
        const variable = body as environment_variable & { key: string; value: string };
        const isTaken = environment.variables.some(({ key }) => key === variable.key);
        if (isTaken) return fail(409, "VARIABLE_EXISTS", "This key exists already");
        // Kinde documents these limits in the descriptions of the two properties.
        if (variable.key.length > 128 || variable.value.length > 2048) {
          return fail(400, "VALUE_TOO_LONG", "The key or the value is too long");
        }
        const id = `env_var_${randomUUID()}`;
        environment.variables.push({
          is_secret: false,
          ...variable,
          id,
          created_on: new Date().toISOString(),
        });
        return ok({ environment_variable: { id } });
      },
      updateEnvironmentVariable: (call) =>
        change(environment.variables, call.path.variable_id, call),
      getWebHooks: () => ok({ webhooks: environment.webhooks }),
      createWebHook({ body }) {
        const added = body as webhook;
        const isTaken = environment.webhooks.some(({ endpoint }) => endpoint === added.endpoint);
        if (isTaken) return fail(409, "WEBHOOK_EXISTS", "This endpoint exists already");
        const id = `event_${randomUUID()}`;
        environment.webhooks.push({ ...added, id, created_on: new Date().toISOString() });
        return ok({ webhook: { id, endpoint: added.endpoint } });
      },
      updateWebHook: (call) => change(environment.webhooks, call.path.webhook_id, call),
      getApplication: (call) => {
        const application = environment.applications.find(
          ({ id }) => id === call.path.application_id,
        );
        return application
          ? ok({ application: { ...application, client_id: application.id } })
          : fail(404, "NOT_FOUND", "No such application");
      },
      getCallbackUrls: (call) =>
        ofApp(call, () => ({ status: 200, body: { redirect_urls: environment.callbackUrls } })),
      addRedirectCallbackUrls: (call) => ofApp(call, () => add(environment.callbackUrls, call)),
      getLogoutUrls: (call) => ofApp(call, () => ok({ logout_urls: environment.logoutUrls })),
      addLogoutRedirectUrls: (call) => ofApp(call, () => add(environment.logoutUrls, call)),
      updateApplicationTokens(call) {
        Object.assign(environment.tokens, call.body);
        return ok({});
      },
      refreshUserClaims: () => ok({}),
      getPermissions({ query }) {
        const from = Number(query.next_token ?? 0);
        const to = from + Number(query.page_size ?? DEFAULT_PAGE);
        const page = environment.permissions.slice(from, to);
        const isLast = to >= environment.permissions.length;
        return ok({ permissions: page, ...(!isLast && { next_token: String(to) }) });
      },
      createPermission({ body }) {
        const added = body as permissions;
        const isTaken = environment.permissions.some(({ key }) => key === added.key);
        if (isTaken) return fail(409, "PERMISSION_EXISTS", "This key exists already");
        environment.permissions.push({ ...added, id: randomUUID() });
        return { status: 201, body: OK };
      },
    },
  });
  const ofApp = ({ path }: Call, answer: () => Answer) =>
    path.app_id === clientId ? answer() : fail(404, "NOT_FOUND", "No such application");
  const sign = (payload: Record<string, unknown>) => issuer.sign(payload, fake.url);
  return Object.assign(fake, { environment, issuer: issuer.published, machine, clientId, sign });
}

const OK = { code: "OK", message: "Success" };

function ok(body: object): Answer {
  return { status: 200, body: { ...OK, ...body } };
}

function fail(status: number, code: string, message: string): Answer {
  return { status, body: { errors: [{ code, message }] } };
}

function add(urls: string[], { body }: Call): Answer {
  const { urls: added = [] } = body as { urls?: string[] };
  urls.push(...added.filter((url) => !urls.includes(url)));
  return ok({});
}

function change(list: { id?: string }[], id: string | undefined, { body }: Call): Answer {
  const found = list.find((item) => item.id === id);
  if (found === undefined) return fail(404, "NOT_FOUND", "There is no such thing");
  Object.assign(found, body);
  return ok({});
}
