import type { Json } from "../../types.ts";
import { type ApiAnswer, type ApiRequest, asRecord, type KindeApi, ok } from "./KindeApi.ts";

/** Returns the property values of a user or an organization. */
export function showValues(api: KindeApi, values: ReadonlyMap<string, string>): ApiAnswer {
  const properties = [...values].map(([key, value]) => ({ ...describe(api, key), value }));
  return ok({ properties, next_token: null });
}

/** Applies a PATCH request with the body `{ properties: { key: value } }`. */
export function changeValues(values: Map<string, string>, { body }: ApiRequest): ApiAnswer {
  for (const [key, value] of Object.entries(asRecord(body.properties))) values.set(key, `${value}`);
  return ok();
}

/**
 * Applies a PUT request for one value. The value is in the query, as Kinde documents, or in the
 * body.
 */
export function putValue(
  values: Map<string, string>,
  key: string,
  { query, body }: ApiRequest,
): ApiAnswer {
  values.set(key, query.get("value") ?? `${body.value ?? ""}`);
  return ok();
}

export function listProperties(api: KindeApi): ApiAnswer {
  const rest = { is_private: false, description: "", is_kinde_property: false };
  const properties = [...api.properties.keys()].map((key) => ({ ...describe(api, key), ...rest }));
  return ok({ properties, has_more: false });
}

function describe(api: KindeApi, key: string): { [name: string]: Json } {
  return { id: `prop_${key}`, key, name: api.properties.get(key) ?? key };
}
