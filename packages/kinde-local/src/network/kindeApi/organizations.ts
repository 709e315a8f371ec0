import type { Json } from "../../types.ts";
import {
  type ApiAnswer,
  type ApiOrganization,
  type ApiRequest,
  type ApiUser,
  asRecord,
  asText,
  type Handler,
  type KindeApi,
  notFound,
  ok,
  stableId,
} from "./KindeApi.ts";

/**
 * Makes the handler of a request about one organization, whose code is in the path or in `?code=`.
 */
export function ofOrganization(
  handle: (organization: ApiOrganization, request: ApiRequest, api: KindeApi) => ApiAnswer,
): Handler {
  return (api, request) => {
    const code = request.ids[0] ?? request.query.get("code") ?? "";
    const found = api.organizations.get(code);
    return found ? handle(found, request, api) : notFound("organization", code);
  };
}

/** Makes the handler of a request about a member of an organization. */
function ofMember(
  handle: (roles: Set<string>, request: ApiRequest, api: KindeApi, user: ApiUser) => ApiAnswer,
): Handler {
  return ofOrganization(({ code }, request, api) => {
    const id = request.ids[1] ?? "";
    const user = api.users.get(id);
    const roles = user?.organizations.get(code);
    return user && roles ? handle(roles, request, api, user) : notFound("user", id);
  });
}

export const listOrganizations: Handler = ({ organizations }) =>
  ok({ organizations: [...organizations.values()].map(show), next_token: null });

export const showOrganization = ofOrganization((found) => ({ status: 200, json: show(found) }));

export const createOrganization: Handler = ({ organizations }, { body }) => {
  const name = asText(body.name) ?? "";
  const code = stableId("org_", name, 11);
  organizations.set(code, { code, name, properties: new Map() });
  return ok({ organization: { code } });
};

export const updateOrganization = ofOrganization((found, { body }) => {
  found.name = asText(body.name) ?? found.name;
  return ok();
});

export const listMembers = ofOrganization(({ code }, _request, { users }) =>
  ok({
    organization_users: [...users.values()]
      .filter(({ organizations }) => organizations.has(code))
      .map(({ id, email, first_name, last_name, is_suspended, organizations }) => ({
        ...{ id, email, first_name, last_name, is_suspended, picture: null },
        full_name: [first_name, last_name].filter((name) => name !== null).join(" "),
        roles: [...(organizations.get(code) ?? [])],
      })),
    next_token: null,
  }),
);

export const addMembers = ofOrganization(({ code }, { body }, { users }) => {
  const given = Array.isArray(body.users) ? body.users.map(asRecord) : [];
  const added = given.flatMap(({ id, roles }) => {
    const user = users.get(`${id}`);
    user?.organizations.set(code, new Set(Array.isArray(roles) ? roles.map(String) : []));
    return user ? [user.id] : [];
  });
  return ok({ users_added: added });
});

export const removeMember = ofMember((_roles, { ids: [code = ""] }, _api, user) => {
  user.organizations.delete(code);
  return ok();
});

export const listMemberRoles = ofMember((roles, _request, api) =>
  ok({ roles: [...roles].map((key) => showRole(api, key)), next_token: null }),
);

export const addMemberRole = ofMember((roles, { body }, api) => {
  const id = asText(body.role_id) ?? "";
  const key = id.replace(/^role_/, "");
  if (!api.roles.has(key)) return notFound("role", id);
  roles.add(key);
  return ok();
});

export const removeMemberRole = ofMember((roles, { ids }) => {
  roles.delete((ids[2] ?? "").replace(/^role_/, ""));
  return ok();
});

export const listRoles: Handler = (api) =>
  ok({
    roles: [...api.roles.keys()].map((key) => ({
      ...showRole(api, key),
      ...{ description: null, is_default_role: false },
    })),
    next_token: null,
  });

function showRole(api: KindeApi, key: string): { [name: string]: Json } {
  return { id: `role_${key}`, key, name: api.roles.get(key) ?? key };
}

function show({ code, name }: ApiOrganization): { [name: string]: Json } {
  return {
    ...{ code, name, handle: null, is_default: false, external_id: null },
    is_auto_membership_enabled: false,
  };
}
