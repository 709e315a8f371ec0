import type { Json } from "../../types.ts";
import {
  type ApiRequest,
  type ApiUser,
  asRecord,
  asText,
  type Handler,
  type KindeApi,
  notFound,
  ok,
  stableId,
  toUser,
} from "./KindeApi.ts";

/** Makes the handler of a request about one user, whose id is in the path or in `?id=`. */
export function ofUser(
  handle: (user: ApiUser, request: ApiRequest, api: KindeApi) => ReturnType<Handler>,
): Handler {
  return (api, request) => {
    const id = request.ids[0] ?? request.query.get("id") ?? "";
    const user = api.users.get(id);
    return user ? handle(user, request, api) : notFound("user", id);
  };
}

export const listUsers: Handler = ({ users }, { query }) => {
  const ids = query.get("user_id")?.split(",");
  const email = query.get("email")?.toLowerCase();
  const found = [...users.values()].filter(
    (user) => (!ids || ids.includes(user.id)) && (!email || user.email?.toLowerCase() === email),
  );
  return ok({
    users: found.slice(0, Number(query.get("page_size") ?? 10) || 10).map((user) => ({
      ...common(user),
      email: user.email,
    })),
    next_token: null,
  });
};

export const showUser = ofUser((user) => ({
  status: 200,
  json: { ...common(user), preferred_email: user.email },
}));

/** If the user exists already, Kinde returns this user and creates no other. */
export const createUser: Handler = (api, { body }) => {
  const profile = asRecord(body.profile);
  const identities = Array.isArray(body.identities) ? body.identities.map(asRecord) : [];
  const email = asText(identities.map(({ details }) => asRecord(details).email).find(asText));
  const known = [...api.users.values()].find((user) => email !== null && user.email === email);
  const user = known ?? toUser({ id: stableId("kp_", email ?? JSON.stringify(body), 32) });
  if (!known) {
    user.email = email;
    user.first_name = asText(profile.given_name);
    user.last_name = asText(profile.family_name);
    const code = asText(body.organization_code);
    if (code !== null) user.organizations.set(code, new Set());
    api.users.set(user.id, user);
  }
  const created = known === undefined;
  return {
    status: created ? 201 : 200,
    json: {
      id: user.id,
      created,
      identities: identities.map(({ type }) => ({ type: `${type}`, result: { created } })),
    },
  };
};

export const updateUser = ofUser((user, { body }) => {
  if (body.given_name !== undefined) user.first_name = asText(body.given_name);
  if (body.family_name !== undefined) user.last_name = asText(body.family_name);
  if (typeof body.is_suspended === "boolean") user.is_suspended = body.is_suspended;
  const { id, email, first_name, last_name, is_suspended } = user;
  return {
    status: 200,
    json: { id, given_name: first_name, family_name: last_name, email, is_suspended },
  };
});

export const deleteUser = ofUser((user, _request, api) => {
  api.users.delete(user.id);
  return ok();
});

function common(user: ApiUser): { [name: string]: Json } {
  const { id, first_name, last_name, is_suspended, email } = user;
  return {
    ...{ id, provided_id: null, first_name, last_name, is_suspended, picture: null },
    ...{ total_sign_ins: 1, failed_sign_ins: 0, last_signed_in: null, created_on: null },
    organizations: [...user.organizations.keys()],
    identities: email === null ? [] : [{ type: "email", identity: email }],
  };
}
