import { type Handler, ok } from "./KindeApi.ts";
import {
  addMemberRole,
  addMembers,
  createOrganization,
  listMemberRoles,
  listMembers,
  listOrganizations,
  listRoles,
  ofOrganization,
  removeMember,
  removeMemberRole,
  showOrganization,
  updateOrganization,
} from "./organizations.ts";
import { changeValues, listProperties, putValue, showValues } from "./properties.ts";
import { createUser, deleteUser, listUsers, ofUser, showUser, updateUser } from "./users.ts";

const issueToken: Handler = (_api, { body }) => ({
  status: 200,
  json: {
    access_token: "kinde-local-m2m-token",
    expires_in: 86_399,
    scope: typeof body.scope === "string" ? body.scope : "",
    token_type: "bearer",
  },
});

/** The emulated requests, as Kinde documents them. `:id` stands for one part of a path. */
const ROUTES: Record<string, Handler> = {
  "POST /oauth2/token": issueToken,
  "GET /api/v1/users": listUsers,
  "GET /api/v1/user": showUser,
  "POST /api/v1/user": createUser,
  "PATCH /api/v1/user": updateUser,
  "DELETE /api/v1/user": deleteUser,
  "POST /api/v1/users/:id/refresh_claims": ofUser(() => ok()),
  "GET /api/v1/users/:id/properties": ofUser((user, _, api) => showValues(api, user.properties)),
  "PATCH /api/v1/users/:id/properties": ofUser((user, request) =>
    changeValues(user.properties, request),
  ),
  "PUT /api/v1/users/:id/properties/:key": ofUser((user, request) =>
    putValue(user.properties, request.ids[1] ?? "", request),
  ),
  "GET /api/v1/organizations": listOrganizations,
  "GET /api/v1/organization": showOrganization,
  "POST /api/v1/organization": createOrganization,
  "PATCH /api/v1/organization/:code": updateOrganization,
  "GET /api/v1/organizations/:code/properties": ofOrganization((found, _, api) =>
    showValues(api, found.properties),
  ),
  "PATCH /api/v1/organizations/:code/properties": ofOrganization((found, request) =>
    changeValues(found.properties, request),
  ),
  "PUT /api/v1/organizations/:code/properties/:key": ofOrganization((found, request) =>
    putValue(found.properties, request.ids[1] ?? "", request),
  ),
  "GET /api/v1/organizations/:code/users": listMembers,
  "POST /api/v1/organizations/:code/users": addMembers,
  "DELETE /api/v1/organizations/:code/users/:id": removeMember,
  "GET /api/v1/organizations/:code/users/:id/roles": listMemberRoles,
  "POST /api/v1/organizations/:code/users/:id/roles": addMemberRole,
  "DELETE /api/v1/organizations/:code/users/:id/roles/:role": removeMemberRole,
  "GET /api/v1/roles": listRoles,
  "GET /api/v1/properties": (api) => listProperties(api),
};

const compiled = Object.entries(ROUTES).map(([route, handler]) => ({
  pattern: new RegExp(`^${route.replace(/:\w+/g, "([^/]+)")}$`),
  handler,
}));

/** Finds the handler of a request, and the ids in its path. Null if the request is not emulated. */
export function findRoute(
  method: string,
  path: string,
): { handler: Handler; ids: string[] } | null {
  for (const { pattern, handler } of compiled) {
    const found = pattern.exec(`${method} ${path}`);
    if (found) return { handler, ids: found.slice(1) };
  }
  return null;
}
