import type {
  CreateApiKeyBody,
  CreateSecretBody,
  CreateThirdPartyAuthBody,
  UpdateApiKeyBody,
  V1RunQueryBody,
  V1UpdatePostgrestConfigBody,
} from "supabase-management-js";
import { type ZodType, z } from "zod";
import { type Api, type ApiRequest, sendRequest } from "./sendRequest.ts";
import {
  type ApiKey,
  apiKey,
  type EdgeFunction,
  edgeFunction,
  type Lint,
  lint,
  type PostgrestSettings,
  type Project,
  postgrestSettings,
  project,
  type StoredSecret,
  storedSecret,
  type ThirdPartyAuth,
  thirdPartyAuth,
} from "./supabaseAnswers.ts";
import { supabaseCure } from "./supabaseCure.ts";

/** A migration may rebuild a table. */
const QUERY_LIMIT_MS = 120_000;

/**
 * The requests of Supabase's Management API that the set-up and the doctor make, for one project.
 */
export interface SupabaseManagement {
  readonly ref: string;
  project(): Promise<Project>;
  /** Runs SQL as the role `postgres`. Secrets go into `parameters`, never into the SQL. */
  query<Row>(row: ZodType<Row>, text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Runs SQL in a read-only transaction. */
  readOnlyQuery<Row>(
    row: ZodType<Row>,
    text: string,
    parameters?: readonly unknown[],
  ): Promise<Row[]>;
  dataApi(): Promise<PostgrestSettings>;
  changeDataApi(changes: V1UpdatePostgrestConfigBody): Promise<void>;
  /** The keys. The values of secret keys are masked. */
  apiKeys(): Promise<ApiKey[]>;
  createApiKey(key: CreateApiKeyBody): Promise<ApiKey>;
  changeApiKey(id: string, changes: UpdateApiKeyBody): Promise<void>;
  /** One key, with its value. */
  revealApiKey(id: string): Promise<ApiKey>;
  functions(): Promise<EdgeFunction[]>;
  /** The names of the secrets, and the SHA-256 of their values. */
  secrets(): Promise<StoredSecret[]>;
  setSecrets(secrets: CreateSecretBody): Promise<void>;
  thirdPartyAuth(): Promise<ThirdPartyAuth[]>;
  addThirdPartyAuth(integration: CreateThirdPartyAuthBody): Promise<void>;
  advisors(kind: "security" | "performance"): Promise<Lint[]>;
}

export interface SupabaseManagementOptions {
  /** A personal access token. */
  readonly accessToken: string;
  readonly ref: string;
  /** The API's address. Supabase's own unless given. */
  readonly url?: string;
  readonly timeLimitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: ((text: string) => void) | undefined;
}

/**
 * A client for one project. Every method throws `HostedApiError`.
 *
 * @example
 * const supabase = createSupabaseManagement({ accessToken, ref: "abcdefghijklmnopqrst" });
 * const { status } = await supabase.project();
 */
export function createSupabaseManagement(options: SupabaseManagementOptions): SupabaseManagement {
  const {
    accessToken,
    ref,
    url = "https://api.supabase.com",
    timeLimitMs,
    signal,
    onWait,
  } = options;
  const cure = supabaseCure(ref);
  const api: Api = {
    vendor: "Supabase",
    url,
    token: async () => accessToken,
    cure,
    timeLimitMs,
    signal,
    onWait,
  };
  const base = `/v1/projects/${encodeURIComponent(ref)}`;
  const send = <Answer>(path: string, request: Omit<ApiRequest<Answer>, "path">) =>
    sendRequest<Answer>(api, { ...request, path: `${base}${path}` });
  const get = <Answer>(path: string, answer: ZodType<Answer>) =>
    send(path, { method: "GET", answer });
  const query = <Row>(path: string, row: ZodType<Row>, body: V1RunQueryBody) =>
    send(path, { method: "POST", body, answer: z.array(row), timeLimitMs: QUERY_LIMIT_MS });
  const bodyOf = (text: string, parameters?: readonly unknown[]): V1RunQueryBody => ({
    query: text,
    ...(parameters && { parameters: [...parameters] }),
  });
  const reveal = { reveal: "true" };

  return {
    ref,
    project: () => get("", project),
    query: (row, text, parameters) => query("/database/query", row, bodyOf(text, parameters)),
    readOnlyQuery: (row, text, parameters) =>
      query("/database/query/read-only", row, bodyOf(text, parameters)),
    dataApi: () => get("/postgrest", postgrestSettings),
    changeDataApi: (body) => send<void>("/postgrest", { method: "PATCH", body }),
    apiKeys: () => get("/api-keys", z.array(apiKey)),
    createApiKey: (body) =>
      send("/api-keys", { method: "POST", query: reveal, body, answer: apiKey }),
    changeApiKey: (id, body) =>
      send<void>(`/api-keys/${encodeURIComponent(id)}`, { method: "PATCH", body }),
    revealApiKey: (id) =>
      send(`/api-keys/${encodeURIComponent(id)}`, { method: "GET", query: reveal, answer: apiKey }),
    functions: () => get("/functions", z.array(edgeFunction)),
    secrets: () => get("/secrets", z.array(storedSecret)),
    setSecrets: (body) => send<void>("/secrets", { method: "POST", body }),
    thirdPartyAuth: () => get("/config/auth/third-party-auth", z.array(thirdPartyAuth)),
    addThirdPartyAuth: (body) =>
      send<void>("/config/auth/third-party-auth", { method: "POST", body }),
    advisors: async (kind) =>
      (await get(`/advisors/${kind}`, z.object({ lints: z.array(lint) }))).lints,
  };
}
