import type {
  AddLogoutRedirectUrlsData,
  AddRedirectCallbackUrlsData,
  CreateEnvironmentVariableData,
  CreatePermissionData,
  CreateWebHookData,
  UpdateApplicationTokensData,
  UpdateEnvironmentVariableData,
  UpdateWebHookData,
} from "@kinde/management-api-js";
import type { ZodType } from "zod";
import {
  type Application,
  application,
  callbackUrls,
  type EnvironmentVariable,
  environmentVariables,
  logoutUrls,
  type Permission,
  permissions,
  type Webhook,
  webhooks,
} from "./kindeAnswers.ts";
import { kindeCure } from "./kindeCure.ts";
import { fetchMachineToken, type MachineToken } from "./kindeToken.ts";
import { type Api, type ApiRequest, sendRequest } from "./sendRequest.ts";

/** The largest page that Kinde returns. */
const PAGE_SIZE = "100";

/** The requests of Kinde's Management API that the set-up and the doctor make. */
export interface KindeManagement {
  readonly domain: string;
  /** The scopes of the machine application, read from its token. */
  scopes(): Promise<readonly string[]>;
  /** `isComplete` is false when Kinde has more variables: it documents no way to get the rest. */
  variables(): Promise<{ variables: EnvironmentVariable[]; isComplete: boolean }>;
  createVariable(variable: CreateEnvironmentVariableData["requestBody"]): Promise<void>;
  changeVariable(id: string, changes: UpdateEnvironmentVariableData["requestBody"]): Promise<void>;
  webhooks(): Promise<Webhook[]>;
  createWebhook(webhook: CreateWebHookData["requestBody"]): Promise<void>;
  changeWebhook(id: string, changes: UpdateWebHookData["requestBody"]): Promise<void>;
  application(clientId: string): Promise<Application>;
  callbackUrls(clientId: string): Promise<string[]>;
  addCallbackUrls(
    clientId: string,
    urls: AddRedirectCallbackUrlsData["requestBody"],
  ): Promise<void>;
  logoutUrls(clientId: string): Promise<string[]>;
  addLogoutUrls(clientId: string, urls: AddLogoutRedirectUrlsData["requestBody"]): Promise<void>;
  permissions(): Promise<Permission[]>;
  createPermission(permission: NonNullable<CreatePermissionData["requestBody"]>): Promise<void>;
  changeTokens(
    clientId: string,
    lifetimes: UpdateApplicationTokensData["requestBody"],
  ): Promise<void>;
}

export interface KindeManagementOptions {
  /** `https://yours.kinde.com`, without a slash at the end. */
  readonly domain: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly audience?: string | undefined;
  readonly timeLimitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: ((text: string) => void) | undefined;
}

/**
 * A client for one Kinde environment. Every method throws `HostedApiError`.
 *
 * It has the types of `@kinde/management-api-js` 0.18 but not its functions: those keep the domain
 * and the token in the module, prefer `process.env.KINDE_DOMAIN` to what they are given (so a
 * set-up with `--env-file` could change another environment), have no time limit, and hide
 * `RateLimit-Reset`.
 *
 * @example
 * const kinde = createKindeManagement({ domain: "https://yours.kinde.com", clientId, clientSecret });
 * const registered = await kinde.webhooks();
 */
export function createKindeManagement(options: KindeManagementOptions): KindeManagement {
  const { domain, timeLimitMs, signal, onWait, audience = `${domain}/api` } = options;
  let token: Promise<MachineToken> | undefined;
  const machineToken = () => {
    token ??= fetchMachineToken({ ...options, audience });
    return token;
  };
  const api: Api = {
    vendor: "Kinde",
    url: domain,
    token: async () => (await machineToken()).value,
    cure: kindeCure,
    timeLimitMs,
    signal,
    onWait,
  };
  const get = <Answer>(path: string, scope: string, answer: ZodType<Answer>, query = {}) =>
    sendRequest(api, { method: "GET", path: `/api/v1${path}`, scope, answer, query });
  const change = (method: ApiRequest<void>["method"], path: string, scope: string, body: unknown) =>
    sendRequest<void>(api, { method, path: `/api/v1${path}`, scope, body });
  const app = (clientId: string) => `/applications/${encodeURIComponent(clientId)}`;

  return {
    domain,
    scopes: async () => (await machineToken()).scopes,
    async variables() {
      const scope = "read:environment_variables";
      const answer = await get("/environment_variables", scope, environmentVariables);
      return { variables: answer.environment_variables, isComplete: !answer.has_more };
    },
    createVariable: (body) =>
      change("POST", "/environment_variables", "create:environment_variables", body),
    changeVariable: (id, body) =>
      change(
        "PATCH",
        `/environment_variables/${encodeURIComponent(id)}`,
        "update:environment_variables",
        body,
      ),
    webhooks: async () => (await get("/webhooks", "read:webhooks", webhooks)).webhooks,
    createWebhook: (body) => change("POST", "/webhooks", "create:webhooks", body),
    changeWebhook: (id, body) =>
      change("PATCH", `/webhooks/${encodeURIComponent(id)}`, "update:webhooks", body),
    application: async (id) => (await get(app(id), "read:applications", application)).application,
    callbackUrls: async (id) =>
      (await get(`${app(id)}/auth_redirect_urls`, "read:applications_redirect_uris", callbackUrls))
        .redirect_urls,
    addCallbackUrls: (id, body) =>
      change("POST", `${app(id)}/auth_redirect_urls`, "create:applications_redirect_uris", body),
    logoutUrls: async (id) =>
      (await get(`${app(id)}/auth_logout_urls`, "read:application_logout_uris", logoutUrls))
        .logout_urls,
    addLogoutUrls: (id, body) =>
      change("POST", `${app(id)}/auth_logout_urls`, "create:application_logout_uris", body),
    async permissions() {
      const found: Permission[] = [];
      const seen = new Set<string>();
      let query: Record<string, string> = { page_size: PAGE_SIZE };
      for (;;) {
        const page = await get("/permissions", "read:permissions", permissions, query);
        found.push(...page.permissions);
        // Without the second condition, a repeated page token would make this loop endless.
        if (!page.next_token || seen.has(page.next_token)) return found;
        seen.add(page.next_token);
        query = { page_size: PAGE_SIZE, next_token: page.next_token };
      }
    },
    createPermission: (body) => change("POST", "/permissions", "create:permissions", body),
    changeTokens: (id, body) =>
      change("PATCH", `${app(id)}/tokens`, "update:application_tokens", body),
  };
}
