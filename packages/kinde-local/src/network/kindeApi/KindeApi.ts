import { createHash } from "node:crypto";
import type { Json, KindeApiContent, KindeApiUser } from "../../types.ts";

export interface ApiUser {
  id: string;
  email: string | null;
  first_name: string | null;
  last_name: string | null;
  is_suspended: boolean;
  properties: Map<string, string>;
  /** For each organization's code, the keys of the user's roles in it. */
  organizations: Map<string, Set<string>>;
}

export interface ApiOrganization {
  code: string;
  name: string;
  properties: Map<string, string>;
}

/** The content of the Management API. Each run has its own copy, which its requests change. */
export interface KindeApi {
  users: Map<string, ApiUser>;
  organizations: Map<string, ApiOrganization>;
  /** Names of roles by key. */
  roles: Map<string, string>;
  /** Names of properties by key. */
  properties: Map<string, string>;
}

export interface ApiRequest {
  /** The ids in the path, in their order. */
  ids: string[];
  query: URLSearchParams;
  body: Record<string, unknown>;
}

export interface ApiAnswer {
  status: number;
  json: Json;
}

export type Handler = (api: KindeApi, request: ApiRequest) => ApiAnswer;

export function toKindeApi(content: KindeApiContent): KindeApi {
  const { users = [], organizations = [], roles = [], properties = [] } = content;
  return {
    users: new Map(users.map((user) => [user.id, toUser(user)])),
    organizations: new Map(
      organizations.map(({ code, name, properties: own = {} }) => [
        code,
        { code, name, properties: new Map(Object.entries(own)) },
      ]),
    ),
    roles: new Map(roles.map(({ key, name }) => [key, name])),
    properties: new Map(properties.map(({ key, name }) => [key, name])),
  };
}

export function toUser(user: KindeApiUser): ApiUser {
  const { id, email = null, first_name = null, last_name = null } = user;
  const { properties = {}, organizations = {} } = user;
  return {
    ...{ id, email, first_name, last_name, is_suspended: false },
    properties: new Map(Object.entries(properties)),
    organizations: new Map(
      Object.entries(organizations).map(([code, roles]) => [code, new Set(roles)]),
    ),
  };
}

export function ok(json: { [key: string]: Json } = {}, status = 200): ApiAnswer {
  return { status, json: { code: "OK", message: "Success", ...json } };
}

/** Kinde publishes the shape of this answer, but not its codes and messages. */
export function notFound(what: string, id: string): ApiAnswer {
  const code = `${what.toUpperCase()}_NOT_FOUND`;
  return { status: 404, json: { errors: [{ code, message: `There is no ${what} ${id}` }] } };
}

/** Makes an id that is the same in every run. */
export function stableId(prefix: string, text: string, length: number): string {
  return prefix + createHash("sha256").update(text).digest("hex").slice(0, length);
}

export function asText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
